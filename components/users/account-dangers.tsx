"use client";

import { useRef, useState } from "react";
import { Danger, DangerZone } from "@/components/acts/danger-zone";
import type { Viewer } from "@/components/security/viewer";
import { DeleteUser } from "@/components/users/delete-user";
import type { User } from "@/lib/users/contract";

interface AccountDangersProps {
  user: User;
  viewer: Viewer;
  /** With the button, where focus goes back to. */
  onDeactivate: (button: HTMLElement) => void;
}

/** How an account is put out of use, and how it ends. */
export function AccountDangers({ user, viewer, onDeactivate }: AccountDangersProps) {
  const [deleting, setDeleting] = useState(false);
  const deleteButton = useRef<HTMLButtonElement>(null);
  const isOneself = user.id === viewer.id;

  return (
    <DangerZone>
      {user.active && (
        <Danger
          title="Deactivate"
          label="Deactivate…"
          blockedBecause={
            isOneself ? "You cannot deactivate your own account. Ask another administrator." : undefined
          }
          onPress={onDeactivate}
        >
          Tokens and sessions stop at once. It can be undone.
        </Danger>
      )}
      <Danger
        title="Delete"
        label="Delete…"
        buttonRef={deleteButton}
        blockedBecause={
          isOneself ? "You cannot delete your own account. Ask another administrator." : undefined
        }
        onPress={() => setDeleting(true)}
      >
        The account goes, and its tokens with it. It can't be undone.
      </Danger>
      {deleting && <DeleteUser user={user} onClose={() => setDeleting(false)} finalFocus={deleteButton} />}
    </DangerZone>
  );
}
