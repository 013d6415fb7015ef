"use client";

import { Ban, EllipsisVertical, ExternalLink, KeyRound, Pencil, RotateCcw } from "lucide-react";
import { useRef } from "react";
import type { Viewer } from "@/components/security/viewer";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { userAddress } from "@/components/users/users-view";
import type { User } from "@/lib/users/contract";

/** What a row's menu can ask for; the rest of its items lead elsewhere. */
export type UserAct = "edit" | "deactivate" | "reactivate";

interface UserActionsProps {
  user: User;
  viewer: Viewer;
  onAct: (act: UserAct, opener: HTMLElement | null) => void;
}

/** The ⋮ of a user: where one can go from here, and what can be done to the account. */
export function UserActions({ user, viewer, onAct }: UserActionsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const act = (what: UserAct) => () => onAct(what, button.current);

  return (
    <Menu
      trigger={
        <IconButton ref={button} label={`Actions for ${user.name}`}>
          <EllipsisVertical />
        </IconButton>
      }
    >
      <MenuLink href={userAddress(user.id)} icon={<ExternalLink />}>
        Open
      </MenuLink>
      <MenuItem icon={<Pencil />} onSelect={act("edit")}>
        Edit
      </MenuItem>
      {user.user_type === "Service" && (
        <MenuLink href={generateTokenAddress(user.id)} icon={<KeyRound />}>
          Generate Token
        </MenuLink>
      )}
      <MenuSeparator />
      {user.active ? (
        <MenuItem
          icon={<Ban />}
          onSelect={act("deactivate")}
          blockedBecause={user.id === viewer.id ? "You cannot deactivate your own account" : undefined}
        >
          Deactivate…
        </MenuItem>
      ) : (
        <MenuItem icon={<RotateCcw />} onSelect={act("reactivate")}>
          Reactivate
        </MenuItem>
      )}
    </Menu>
  );
}

/** Where a service account gets another token. */
const generateTokenAddress = (id: number) => `/settings/tokens?add=token&owner=${id}`;
