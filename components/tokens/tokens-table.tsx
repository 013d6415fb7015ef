import { columnSort } from "@/components/lists/column-sort";
import type { ListTable } from "@/components/lists/list-frame";
import { TokenStatusBadge } from "@/components/tokens/token-status-badge";
import type { TokensView } from "@/components/tokens/tokens-view";
import { Badge } from "@/components/ui/badge";
import { ExpiryDate, RelativeTime } from "@/components/ui/relative-time";
import {
  Cell,
  CellDetail,
  ColumnHead,
  RowHead,
  SortableHead,
  Table,
  TableBody,
  TableHead,
  TableRow,
} from "@/components/ui/table";
import type { Token } from "@/lib/tokens/contract";

type Sort = TokensView["sort"];

interface TokensTableProps extends ListTable<Token> {
  caption: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** Tokens with what each is for, until when, and when it was last used. Never the secret. */
export function TokensTable({ caption, headingRef, rows, refreshing, sort, onSort }: TokensTableProps) {
  // What one wants to see first: what is soonest to end, and what is latest to have happened.
  const sortable = (first: Sort) => columnSort(sort, first, onSort);

  return (
    <Table caption={caption} headingRef={headingRef} refreshing={refreshing}>
      <TableHead>
        <SortableHead {...sortable("name")}>Name</SortableHead>
        <ColumnHead>Owner</ColumnHead>
        <ColumnHead>Status</ColumnHead>
        <SortableHead {...sortable("expiration")}>Expires</SortableHead>
        <SortableHead {...sortable("-last_used_at")}>Last used</SortableHead>
        <SortableHead {...sortable("-created_at")}>Created</SortableHead>
      </TableHead>
      <TableBody>
        {rows.map((token) => (
          <TokenRow key={token.id} token={token} />
        ))}
      </TableBody>
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
