"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import type { Viewer } from "@/components/security/viewer";
import { DeleteTokenDialog } from "@/components/tokens/delete-token-dialog";
import { RevokeTokenDialog } from "@/components/tokens/revoke-token-dialog";
import { actionsId } from "@/components/tokens/token-actions";
import { useCloseWithReason } from "@/components/tokens/use-close-with-reason";
import type { OpenTokenDialog, TokenDialog } from "@/components/tokens/use-token-dialog";
import { RequestRefused } from "@/lib/http/client";
import type { Token } from "@/lib/tokens/contract";
import { tokenQuery } from "@/lib/tokens/hooks";

export const loadGenerateDialog = () => import("@/components/tokens/open-generate-dialog");
const loadRotateDialog = () => import("@/components/tokens/rotate-token-dialog");
const OpenGenerateDialog = dynamic(() => loadGenerateDialog().then((file) => file.OpenGenerateDialog), {
  ssr: false,
});
const RenameTokenDialog = dynamic(
  () => import("@/components/tokens/rename-token-dialog").then((file) => file.RenameTokenDialog),
  { ssr: false },
);
const RotateTokenDialog = dynamic(() => loadRotateDialog().then((file) => file.RotateTokenDialog), {
  ssr: false,
});

interface TokenDialogsProps {
  dialog: TokenDialog;
  viewer: Viewer;
  /** The rows of the list, in their order. */
  rows: readonly Token[];
  /** The one account that all is about, where it is. */
  account: number | undefined;
  onRestore: (token: Token) => void;
  /** A token was made, and has been seen. */
  onCreated: (id: number) => void;
  /** Where focus goes when the row it came from is gone, or there was none. */
  fallbackFocus: () => HTMLElement | null;
}

/** The dialog that is open, if one is. */
export function TokenDialogs({ dialog, account, viewer, ...rest }: TokenDialogsProps) {
  const { open } = dialog;
  if (!open) return null;
  if (open.act !== "generate")
    return (
      <ActDialog key={`${open.act} ${open.token}`} open={open} dialog={dialog} viewer={viewer} {...rest} />
    );

  return (
    <OpenGenerateDialog
      owner={account ?? open.owner}
      ownerFixed={account !== undefined}
      like={open.like}
      scim={open.scim === true}
      canManage={viewer.canManage}
      finalFocus={rest.fallbackFocus}
      dialog={dialog}
      onCreated={rest.onCreated}
    />
  );
}

interface ActDialogProps extends Omit<TokenDialogsProps, "account"> {
  open: Extract<OpenTokenDialog, { token: number }>;
}

/** What is to be done with one token, as it is now: the list may be older. */
function ActDialog({ open, dialog, viewer, rows, onRestore, onCreated, fallbackFocus }: ActDialogProps) {
  const row = rows.find(({ id }) => id === open.token);
  const { data, error } = useQuery({
    ...tokenQuery(open.token),
    placeholderData: row,
    staleTime: 0,
  });
  // That the server can't say how it is now takes away nothing of what is typed.
  const isRefused = error instanceof RequestRefused && error.status < 500;
  const token = data ?? (isRefused ? undefined : row);
  useCloseWithReason(dialog, token ? null : error);
  if (!token) return null;

  const shared = { token, finalFocus: () => buttonOf(token.id) ?? fallbackFocus() };
  if (open.act === "revoke")
    return <RevokeTokenDialog {...shared} viewer={viewer} onRestore={onRestore} onClose={dialog.close} />;

  if (open.act === "rename") return <RenameTokenDialog {...shared} onClose={dialog.close} />;

  if (open.act === "delete") {
    const next = rows[rows.findIndex(({ id }) => id === token.id) + 1];
    return (
      <DeleteTokenDialog
        {...shared}
        finalFocus={() => buttonOf(token.id) ?? (next && buttonOf(next.id)) ?? fallbackFocus()}
        onDeleted={dialog.close}
        onClose={dialog.close}
      />
    );
  }

  return (
    <RotateTokenDialog
      {...shared}
      onCreating={dialog.hold}
      onFailed={dialog.release}
      onCreated={dialog.settle}
      onClose={(created) => {
        dialog.close();
        if (created !== undefined) onCreated(created);
      }}
    />
  );
}

function buttonOf(tokenId: number): HTMLElement | null {
  return document.getElementById(actionsId(tokenId));
}
