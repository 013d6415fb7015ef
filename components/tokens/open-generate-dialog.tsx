"use client";

import { useQuery } from "@tanstack/react-query";
import { GenerateTokenDialog } from "@/components/tokens/generate-token-dialog";
import { useCloseWithReason } from "@/components/tokens/use-close-with-reason";
import { nextNameFor, type TokenDraft } from "@/components/tokens/use-generate-token-form";
import type { TokenDialog } from "@/components/tokens/use-token-dialog";
import type { Token } from "@/lib/tokens/contract";
import { tokenQuery } from "@/lib/tokens/hooks";
import { nextTokenName } from "@/lib/tokens/next-token-name";
import type { CurrentUser, User } from "@/lib/users/contract";
import { currentUserQuery, userQuery } from "@/lib/users/hooks";

interface OpenGenerateDialogProps {
  /** The number of the account that the token is for, if that is known. */
  owner: number | undefined;
  ownerFixed: boolean;
  /** The number of the token that it replaces. */
  like: number | undefined;
  /** Whether it begins as one for SCIM only. */
  scim: boolean;
  canManage: boolean;
  dialog: TokenDialog;
  finalFocus: () => HTMLElement | null;
  onCreated: (id: number) => void;
}

/** The *Generate Token* dialog, once what it begins with is there. */
export function OpenGenerateDialog({
  owner,
  like,
  scim,
  canManage,
  dialog,
  onCreated,
  ...rest
}: OpenGenerateDialogProps) {
  const me = useQuery(currentUserQuery());
  const model = useQuery({ ...tokenQuery(like ?? 0), enabled: like !== undefined });
  const ownerId = model.data?.user.id ?? owner;
  const account = useQuery({ ...userQuery(ownerId ?? 0), enabled: ownerId !== undefined });
  useCloseWithReason(dialog, me.error ?? model.error ?? account.error);

  const isWaiting = (like !== undefined && !model.data) || (ownerId !== undefined && !account.data);
  if (!me.data || isWaiting) return null;
  return (
    <GenerateTokenDialog
      {...rest}
      me={me.data}
      canManage={canManage}
      draft={{
        ...draftFor(me.data, account.data, model.data, canManage),
        ...(scim && canManage ? { scim } : {}),
      }}
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

function draftFor(
  me: CurrentUser,
  account: User | undefined,
  model: Token | undefined,
  canManage: boolean,
): TokenDraft {
  const owner = account?.user_type === "Service" ? account : null;
  const isPersonal = !canManage || account?.id === me.id;
  return {
    type: isPersonal ? "Personal" : "Service",
    owner,
    name: model ? nextTokenName(model.name, new Set()) : owner ? nextNameFor(owner) : "",
    scim: model?.scim ?? false,
  };
}
