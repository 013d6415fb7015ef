"use client";

import dynamic from "next/dynamic";
import type { RefObject } from "react";
import type { Team } from "@/lib/teams/contract";

const EditTeam = dynamic(() => import("@/components/teams/edit-team").then((file) => file.EditTeam), {
  ssr: false,
});
const DeleteTeam = dynamic(() => import("@/components/teams/delete-team").then((file) => file.DeleteTeam), {
  ssr: false,
});

interface TeamDialogsProps {
  /** Whose *Edit* dialog is open. `Public` has none. */
  editing: Team | undefined;
  onEdited: () => void;
  /** Which is about to be deleted. */
  deleting: Team | undefined;
  onDeleted: () => void;
  onKept: () => void;
  /** What has focus afterwards. */
  finalFocus: RefObject<HTMLElement | null>;
}

/** What can be done to a team without leaving the page. */
export function TeamDialogs({
  editing,
  onEdited,
  deleting,
  onDeleted,
  onKept,
  finalFocus,
}: TeamDialogsProps) {
  return (
    <>
      {editing && !editing.locked && (
        <EditTeam key={editing.id} team={editing} onClose={onEdited} finalFocus={finalFocus} />
      )}
      {deleting && (
        <DeleteTeam team={deleting} onDeleted={onDeleted} onClose={onKept} finalFocus={finalFocus} />
      )}
    </>
  );
}
