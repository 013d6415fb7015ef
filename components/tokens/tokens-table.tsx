import { columnSort } from "@/components/lists/column-sort";
import type { ListTable } from "@/components/lists/list-frame";
import type { Selection } from "@/components/lists/use-selection";
import { tokenLabels } from "@/components/tokens/token-labels";
import { TokenRow, type TokenRowContext } from "@/components/tokens/token-row";
import type { TokensView } from "@/components/tokens/tokens-view";
import { ColumnHead, SelectHead, SortableHead, Table, TableBody, TableHead } from "@/components/ui/table";
import type { Token } from "@/lib/tokens/contract";

type Sort = TokensView["sort"];

interface TokensTableProps extends ListTable<Token>, TokenRowContext {
  caption: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
  selection: Selection;
}

/** Tokens with what each is for, until when, and when it was last used. Never the secret. */
export function TokensTable({
  caption,
  headingRef,
  rows,
  refreshing,
  sort,
  onSort,
  ...context
}: TokensTableProps) {
  const { selection } = context;
  // What one wants to see first: what is soonest to end, and what is latest to have happened.
  const sortable = (first: Sort) => columnSort(sort, first, onSort);
  const labelOf = tokenLabels(rows);

  return (
    <Table caption={caption} headingRef={headingRef} refreshing={refreshing} wide>
      <TableHead>
        <SelectHead
          label="Select all on this page"
          checked={selection.all}
          mixed={selection.ids.length > 0 && !selection.all}
          onCheckedChange={selection.setAll}
        />
        <SortableHead {...sortable("name")}>Name</SortableHead>
        {context.ownerShown && <ColumnHead>Owner</ColumnHead>}
        <ColumnHead>Status</ColumnHead>
        <SortableHead {...sortable("expiration")}>Expires</SortableHead>
        <SortableHead {...sortable("-last_used_at")}>Last used</SortableHead>
        <SortableHead {...sortable("-created_at")}>Created</SortableHead>
        <ColumnHead hideLabel>Actions</ColumnHead>
      </TableHead>
      <TableBody>
        {rows.map((token) => (
          <TokenRow key={token.id} token={token} label={labelOf(token)} {...context} />
        ))}
      </TableBody>
    </Table>
  );
}
