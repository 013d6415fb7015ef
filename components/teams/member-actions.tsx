"use client";

import { EllipsisVertical, ExternalLink, UserMinus } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink } from "@/components/ui/menu";
import { userAddress } from "@/components/users/users-view";
import type { User } from "@/lib/users/contract";

interface MemberActionsProps {
  member: User;
  /** Why they can't be removed here. */
  fixedBecause: string | undefined;
  /** With the menu's button. */
  onRemove: (opener: HTMLElement | null) => void;
}

/** The ⋮ of a member of a team. */
export function MemberActions({ member, fixedBecause, onRemove }: MemberActionsProps) {
  const button = useRef<HTMLButtonElement>(null);

  return (
    <Menu
      trigger={
        <IconButton ref={button} label={`Actions for ${member.name}`}>
          <EllipsisVertical />
        </IconButton>
      }
    >
      <MenuLink href={userAddress(member.id)} icon={<ExternalLink />}>
        Open
      </MenuLink>
      <MenuItem
        icon={<UserMinus />}
        tone="danger"
        onSelect={() => onRemove(button.current)}
        blockedBecause={fixedBecause}
      >
        Remove from team…
      </MenuItem>
    </Menu>
  );
}
