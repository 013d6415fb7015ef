import type { ListRows } from "@/components/lists/list-frame";
import { ListTable } from "@/components/lists/list-table";
import type { Selection } from "@/components/lists/use-selection";
import { tokenLabels } from "@/components/tokens/token-labels";
import { TokenRow, type TokenRowContext } from "@/components/tokens/token-row";
import { type TokensView, tokensColumns } from "@/components/tokens/tokens-view";
import { TableBody } from "@/components/ui/table";
import type { Token } from "@/lib/tokens/contract";

type Sort = TokensView["sort"];

interface TokensTableProps extends ListRows<Token>, TokenRowContext {
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
  const labelOf = tokenLabels(rows);

  return (
    <ListTable
      caption={caption}
      columns={tokensColumns(context.ownerShown)}
      headingRef={headingRef}
      refreshing={refreshing}
      sort={sort}
      onSort={onSort}
      selection={context.selection}
    >
      <TableBody>
        {rows.map((token) => (
          <TokenRow key={token.id} token={token} label={labelOf(token)} {...context} />
        ))}
      </TableBody>
    </ListTable>
  );
}
