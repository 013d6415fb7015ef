"use client";

import { Ban, Copy, EllipsisVertical, Pencil, RefreshCcwDot, Trash2, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Viewer } from "@/components/security/viewer";
import type { TokenDialog } from "@/components/tokens/use-token-dialog";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { localDay } from "@/components/ui/time-format";
import type { Token } from "@/lib/tokens/contract";

interface TokenActionsProps {
  token: Token;
  /** What the button calls it: unique within the page. */
  label: string;
  viewer: Viewer;
  onShow: TokenDialog["show"];
  onRestore: () => void;
}

/** A token's ⋮: what its state allows, and what it forbids with the reason. */
export function TokenActions({ token, label, viewer, onShow, onRestore }: TokenActionsProps) {
  return (
    <Menu
      trigger={
        <IconButton label={`Actions for ${label}`} id={actionsId(token.id)}>
          <EllipsisVertical />
        </IconButton>
      }
    >
      {itemsFor(token, viewer, onShow, onRestore)}
    </Menu>
  );
}

/** The ⋮ of a token's row: where focus returns to. */
export function actionsId(tokenId: number): string {
  return `token-${tokenId}-actions`;
}

function itemsFor(
  token: Token,
  viewer: Viewer,
  onShow: TokenDialog["show"],
  onRestore: () => void,
): ReactNode {
  const { id, status } = token;
  const foreign = token.type === "Personal" && token.user.id !== viewer.id;
  const hasExpired = token.expiration !== null && new Date(token.expiration) <= new Date();
  const replace = (
    <MenuItem
      key="replace"
      icon={<Copy />}
      onSelect={() => onShow({ act: "generate", like: id })}
      blockedBecause={foreign ? "Only its owner can replace a Personal token" : undefined}
    >
      Replace…
    </MenuItem>
  );
  const revoke = (
    <MenuItem key="revoke" icon={<Ban />} onSelect={() => onShow({ act: "revoke", token: id })}>
      {token.retires_at ? "Retire now…" : "Revoke…"}
    </MenuItem>
  );
  const rename = (
    <MenuItem key="rename" icon={<Pencil />} onSelect={() => onShow({ act: "rename", token: id })}>
      Rename…
    </MenuItem>
  );

  if (status === "expired") return [replace, rename, revoke];
  if (status === "revoked")
    return [
      <MenuItem
        key="restore"
        icon={<Undo2 />}
        onSelect={onRestore}
        blockedBecause={
          hasExpired
            ? `Expired on ${localDay(new Date(token.expiration ?? ""))} — replace it instead`
            : undefined
        }
      >
        Restore
      </MenuItem>,
      hasExpired && replace,
      rename,
      <MenuItem
        key="delete"
        icon={<Trash2 />}
        tone="danger"
        onSelect={() => onShow({ act: "delete", token: id })}
      >
        Delete…
      </MenuItem>,
    ];
  return [
    <MenuItem
      key="rotate"
      icon={<RefreshCcwDot />}
      onSelect={() => onShow({ act: "rotate", token: id })}
      blockedBecause={
        foreign
          ? "Only its owner can rotate a Personal token"
          : token.replaced_by
            ? `Replaced by ${token.replaced_by.name} already`
            : undefined
      }
    >
      Rotate…
    </MenuItem>,
    rename,
    revoke,
  ];
}
