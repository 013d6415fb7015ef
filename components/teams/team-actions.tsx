"use client";

import { EllipsisVertical, ExternalLink, Pencil, Trash } from "lucide-react";
import { useRef } from "react";
import { teamAddress } from "@/components/teams/teams-view";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import type { Team } from "@/lib/teams/contract";

/** What a row's menu can ask for. */
export type TeamAct = "edit" | "delete";

/** Why `Public` stays as it is. */
const lockedBecause = "Public always exists and holds everybody";

interface TeamActionsProps {
  team: Team;
  onAct: (act: TeamAct, opener: HTMLElement | null) => void;
}

/** The ⋮ of a team. */
export function TeamActions({ team, onAct }: TeamActionsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const blocked = team.locked ? lockedBecause : undefined;

  return (
    <Menu
      trigger={
        <IconButton ref={button} label={`Actions for ${team.name}`}>
          <EllipsisVertical />
        </IconButton>
      }
    >
      <MenuLink href={teamAddress(team.id)} icon={<ExternalLink />}>
        Open
      </MenuLink>
      <MenuItem icon={<Pencil />} onSelect={() => onAct("edit", button.current)} blockedBecause={blocked}>
        Edit
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Trash />}
        tone="danger"
        onSelect={() => onAct("delete", button.current)}
        blockedBecause={blocked}
      >
        Delete…
      </MenuItem>
    </Menu>
  );
}
