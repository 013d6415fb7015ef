"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef } from "react";
import { useAddDialog } from "@/components/creation/use-add-dialog";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import type { Team } from "@/lib/teams/contract";

const loadDialog = () => import("@/components/teams/team-dialog");
const TeamDialog = dynamic(() => loadDialog().then((file) => file.TeamDialog), { ssr: false });

interface AddTeamProps {
  /** A team was created, and has been told of. */
  onCreated: (team: Team) => void;
}

/** The *Add team* button, with its dialog. */
export function AddTeam({ onCreated }: AddTeamProps) {
  const dialog = useAddDialog(true);
  const button = useRef<HTMLButtonElement>(null);
  const announce = useAnnounce();

  const close = (team: Team | undefined) => {
    dialog.close();
    if (!team) return;
    announce(`${team.name} created`);
    onCreated(team);
  };

  return (
    <>
      <Button
        ref={button}
        variant="primary"
        icon={<Plus />}
        onClick={() => dialog.show("team")}
        onPointerEnter={loadDialog}
        onFocus={loadDialog}
        className="shrink-0"
      >
        Add team
      </Button>
      {dialog.open === "team" && <TeamDialog finalFocus={button} onClose={close} />}
    </>
  );
}
