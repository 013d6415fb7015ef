import type { Ref } from "react";
import { TokenStatusBadge } from "@/components/tokens/token-status-badge";
import { Badge } from "@/components/ui/badge";
import { ExpiryDate, RelativeTime } from "@/components/ui/relative-time";
import {
  Cell,
  CellDetail,
  ColumnHead,
  RowHead,
  SkeletonRows,
  SortableHead,
  type SortDirection,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@/components/ui/table";
import type { Token, tokenSorts } from "@/lib/tokens/contract";

export type TokenSort = (typeof tokenSorts)[number];

interface TokensTableProps {
  caption: string;
  headingRef?: Ref<HTMLHeadingElement>;
  /** Absent while the first ones are on their way. */
  tokens: Token[] | undefined;
  refreshing: boolean;
  sort: TokenSort;
  onSort: (sort: TokenSort) => void;
}

/** Tokens with what each is for, until when, and when it was last used. Never the secret. */
export function TokensTable({ caption, headingRef, tokens, refreshing, sort, onSort }: TokensTableProps) {
  const sortable = (label: string, column: Column) => (
    <SortableHead direction={directionOf(sort, column)} onSort={() => onSort(nextSort(sort, column))}>
      {label}
    </SortableHead>
  );

  return (
    <Table caption={caption} headingRef={headingRef} refreshing={refreshing}>
      <TableHead>
        {sortable("Name", "name")}
        <ColumnHead>Owner</ColumnHead>
        <ColumnHead>Status</ColumnHead>
        {sortable("Expires", "expiration")}
        {sortable("Last used", "last_used_at")}
        {sortable("Created", "created_at")}
      </TableHead>
      {tokens ? (
        <TableBody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </TableBody>
      ) : (
        <SkeletonRows columns={["Name", "Owner", "Status", "Expires", "Last used", "Created"]} />
      )}
    </Table>
  );
}

function TokenRow({ token }: { token: Token }) {
  return (
    <TableRow>
      <RowHead>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{token.name}</span>
          {token.scim && <Badge variant="scim">SCIM only</Badge>}
        </span>
        <CellDetail>{token.hint}</CellDetail>
      </RowHead>
      <Cell label="Owner">
        {token.user.name}
        <CellDetail>{token.user.user_id}</CellDetail>
      </Cell>
      <Cell label="Status">
        <TokenStatusBadge status={token.status} />
      </Cell>
      <Cell label="Expires">
        <ExpiryDate at={token.expiration} />
      </Cell>
      <Cell label="Last used">
        {token.last_used_at ? <RelativeTime at={token.last_used_at} /> : "Not used"}
        {token.last_used_ip && <CellDetail>{token.last_used_ip}</CellDetail>}
      </Cell>
      <Cell label="Created">
        <RelativeTime at={token.created_at} />
      </Cell>
    </TableRow>
  );
}

type Column = "name" | "expiration" | "last_used_at" | "created_at";

/** What one wants to see first: what is soonest to end, and what is latest to have happened. */
const firstSort: Record<Column, TokenSort> = {
  name: "name",
  expiration: "expiration",
  last_used_at: "-last_used_at",
  created_at: "-created_at",
};

function directionOf(sort: TokenSort, column: Column): SortDirection | undefined {
  if (sort === column) return "ascending";
  return sort === `-${column}` ? "descending" : undefined;
}

function nextSort(sort: TokenSort, column: Column): TokenSort {
  const first = firstSort[column];
  if (sort !== first) return first;
  return first === column ? `-${column}` : column;
}
