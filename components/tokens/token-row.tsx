"use client";

import type { CreatedRow } from "@/components/creation/use-created-row";
import type { Selection } from "@/components/lists/use-selection";
import type { Viewer } from "@/components/security/viewer";
import { agoText } from "@/components/token-usage/caller-text";
import { TokenActions } from "@/components/tokens/token-actions";
import { TokenLastUse, type UsageByToken } from "@/components/tokens/token-last-use";
import { TokenOwner } from "@/components/tokens/token-owner";
import { TokenStatusBadge } from "@/components/tokens/token-status-badge";
import type { Restoring } from "@/components/tokens/use-restore";
import type { TokenDialog } from "@/components/tokens/use-token-dialog";
import { Badge } from "@/components/ui/badge";
import { ExpiryDate, RelativeTime, useNow } from "@/components/ui/relative-time";
import { ActionsCell, Cell, CellDetail, RowHead, SelectCell, TableRow } from "@/components/ui/table";
import type { Token } from "@/lib/tokens/contract";

/** What all rows of a table share. */
export interface TokenRowContext {
  viewer: Viewer;
  /** Whether the tokens are of different accounts. */
  ownerShown: boolean;
  selection: Selection;
  usage: UsageByToken;
  restoring: Restoring;
  onShow: TokenDialog["show"];
  /** The token that was just made. */
  created: CreatedRow;
}

interface TokenRowProps extends TokenRowContext {
  token: Token;
  /** What its controls call it: unique within the page. */
  label: string;
}

export function TokenRow({
  token,
  label,
  viewer,
  ownerShown,
  selection,
  usage,
  restoring,
  onShow,
  created,
}: TokenRowProps) {
  const isCreated = token.id === created.id;

  return (
    <TableRow highlighted={isCreated} ref={isCreated ? created.row : undefined}>
      <SelectCell
        label={`Select ${label}`}
        checked={selection.has(token.id)}
        onCheckedChange={(selected) => selection.set(token.id, selected)}
      />
      <RowHead>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 rows:min-w-38">
          <span className="font-medium">{token.name}</span>
          {token.scim && <Badge variant="scim">SCIM only</Badge>}
        </span>
        <CellDetail>{token.hint}</CellDetail>
        <Links token={token} />
      </RowHead>
      {ownerShown && (
        <Cell label="Owner">
          <TokenOwner user={token.user} linked={viewer.canManage} />
        </Cell>
      )}
      <Cell label="Status">
        <Status token={token} restoring={restoring} />
      </Cell>
      <Cell label="Expires">
        <ExpiryDate at={token.expiration} />
      </Cell>
      <Cell label="Last used">
        <TokenLastUse token={token} usage={usage} />
      </Cell>
      <Cell label="Created">
        <RelativeTime at={token.created_at} />
      </Cell>
      <ActionsCell>
        <TokenActions
          token={token}
          label={label}
          viewer={viewer}
          onShow={onShow}
          onRestore={() => restoring.restore(token)}
        />
      </ActionsCell>
    </TableRow>
  );
}

/** The pair of a rotation, as long as it says something. */
function Links({ token }: { token: Token }) {
  const now = useNow();
  const { replaced_by, replaces, retires_at, status } = token;
  const ends = retires_at && status !== "revoked" && now ? ` · ends ${agoText(retires_at, now)}` : "";

  return (
    <>
      {replaced_by && (
        <span className={linkClasses}>
          Replaced by {replaced_by.name}
          {ends}
        </span>
      )}
      {replaces && <span className={linkClasses}>Replaces {replaces.name}</span>}
    </>
  );
}

// As wide as the column, and no reason for it to be wider: its end is there only once the page is alive.
const linkClasses = "mt-0.5 block w-0 min-w-full text-help text-ink2";

function Status({ token, restoring }: { token: Token; restoring: Restoring }) {
  const fault = restoring.faults.get(token.id);
  if (restoring.pending.has(token.id)) return <span className="text-ink2">Restoring…</span>;

  return (
    <>
      <TokenStatusBadge status={token.status} />
      {token.revoked_reason === "rotated" && (
        <span className="mt-1 block text-help text-ink2">Retired by its rotation</span>
      )}
      {fault && <span className="mt-1 block text-danger-text text-help">{fault}</span>}
    </>
  );
}
