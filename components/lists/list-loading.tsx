import type { Column } from "@/components/lists/columns";
import { ListTable } from "@/components/lists/list-table";
import { SkeletonRow } from "@/components/ui/table";

interface ListLoadingProps {
  /** The list's name, as "Users". */
  caption: string;
  columns: readonly Column[];
}

/** Stands in for a list while it is fetched, with the same columns in the same places; blank for 150 ms. */
export function ListLoading({ caption, columns }: ListLoadingProps) {
  const texts = columns.filter(({ holds }) => holds === undefined).map(({ name }) => name);
  const has = (what: Column["holds"]) => columns.some(({ holds }) => holds === what);

  return (
    <ListTable caption={caption} columns={columns} refreshing>
      {/* biome-ignore lint/a11y/noRedundantRoles: laid out as cards, a table loses its own roles in Safari. */}
      <tbody role="rowgroup" aria-hidden="true" className="appear-late cards:flex cards:flex-col cards:gap-2">
        {Array.from({ length: standIns }, (_, row) => (
          <SkeletonRow
            // biome-ignore lint/suspicious/noArrayIndexKey: identical rows that never move.
            key={row}
            selectable={has("selection")}
            cells={texts}
            actions={has("actions")}
          />
        ))}
      </tbody>
    </ListTable>
  );
}

const standIns = 6;
