"use client";

import { Pencil } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRef, useState } from "react";
import { Source } from "@/components/security/source";
import type { Viewer } from "@/components/security/viewer";
import { PageSection } from "@/components/shell/page-section";
import { Button } from "@/components/ui/button";
import { Detail, DetailList } from "@/components/ui/detail-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { LastSeen } from "@/components/users/last-seen";
import { userAddress } from "@/components/users/users-view";
import type { User } from "@/lib/users/contract";

const NewLinkDialog = dynamic(
  () => import("@/components/users/new-link-dialog").then((file) => file.NewLinkDialog),
  { ssr: false },
);

interface AccountAccessProps {
  user: User;
  viewer: Viewer;
  /** With the button, where focus goes back to. */
  onEdit: (button: HTMLElement) => void;
}

/** What an account may do and how it gets in. */
export function AccountAccess({ user, viewer, onEdit }: AccountAccessProps) {
  return (
    <PageSection
      title="Access"
      action={
        viewer.canManage && (
          <Button icon={<Pencil />} onClick={(event) => onEdit(event.currentTarget)}>
            Edit
          </Button>
        )
      }
    >
      <DetailList>
        <Detail label="Role">
          {user.role}
          {viewer.canManage && user.id === viewer.id && (
            <span className="block text-help text-ink3">You cannot change your own role.</span>
          )}
        </Detail>
        <Detail label="Teams">{user.teams.join(", ")}</Detail>
        <Detail label="Description">
          {user.description ? (
            <span className="whitespace-pre-line">{user.description}</span>
          ) : (
            <span className="text-ink3">None</span>
          )}
        </Detail>
        <Detail label="Sign-in">
          <SignIn user={user} viewer={viewer} />
        </Detail>
        <Detail label="Source">
          <Source managedBy={user.managed_by} />
        </Detail>
        <Detail label="Number">
          {user.id} <span className="text-ink3">· names it in the API</span>
        </Detail>
        <Detail label="Last seen">
          <LastSeen user={user} />
        </Detail>
        <Detail label="Created">
          <RelativeTime at={user.created_at} />
          {user.created_by && (
            <>
              {" by "}
              <Link
                href={userAddress(user.created_by.id)}
                className="text-accent underline underline-offset-2"
              >
                {user.created_by.name}
              </Link>
            </>
          )}
        </Detail>
      </DetailList>
    </PageSection>
  );
}

function SignIn({ user, viewer }: { user: User; viewer: Viewer }) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (user.user_type === "Service") return <>Cannot sign in: a service user calls with its tokens</>;

  const mayGetLink = viewer.canManage && user.active && user.id !== viewer.id;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <span>
        {user.sign_in_email
          ? `With e-mail and password, as ${user.sign_in_email}`
          : "None yet: a one-time link gives them one, with their e-mail"}
      </span>
      {mayGetLink && (
        <Button ref={button} onClick={() => setOpen(true)}>
          New one-time link…
        </Button>
      )}
      {open && <NewLinkDialog person={user} onClose={() => setOpen(false)} finalFocus={button} />}
    </div>
  );
}
