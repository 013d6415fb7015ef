"use client";

import dynamic from "next/dynamic";
import type { RefObject } from "react";
import type { Viewer } from "@/components/security/viewer";
import type { User } from "@/lib/users/contract";

const EditUser = dynamic(() => import("@/components/users/edit-user").then((file) => file.EditUser), {
  ssr: false,
});
const DeactivateUser = dynamic(
  () => import("@/components/users/deactivate-user").then((file) => file.DeactivateUser),
  { ssr: false },
);

interface UserDialogsProps {
  viewer: Viewer;
  /** Whose *Edit* dialog is open. */
  editing: User | undefined;
  onEdited: () => void;
  /** Who is about to be put out of use. */
  deactivating: User | undefined;
  onDeactivated: () => void;
  onKept: () => void;
  /** What has focus afterwards. */
  finalFocus: RefObject<HTMLElement | null>;
}

/** What can be done to an account without leaving the page. */
export function UserDialogs({
  viewer,
  editing,
  onEdited,
  deactivating,
  onDeactivated,
  onKept,
  finalFocus,
}: UserDialogsProps) {
  return (
    <>
      {editing && (
        <EditUser
          key={editing.id}
          user={editing}
          viewer={viewer}
          onClose={onEdited}
          finalFocus={finalFocus}
        />
      )}
      {deactivating && (
        <DeactivateUser user={deactivating} onDone={onDeactivated} onClose={onKept} finalFocus={finalFocus} />
      )}
    </>
  );
}
