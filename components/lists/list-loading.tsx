import { ColumnHead, SkeletonRows, Table, TableHead } from "@/components/ui/table";

interface ListLoadingProps {
  /** The list's name, as "Users". */
  caption: string;
  columns: readonly string[];
}

/** Stands in for a list while it is fetched. */
export function ListLoading({ caption, columns }: ListLoadingProps) {
  return (
    <Table caption={caption} refreshing>
      <TableHead>
        {columns.map((column) => (
          <ColumnHead key={column}>{column}</ColumnHead>
        ))}
      </TableHead>
      <SkeletonRows columns={columns} />
    </Table>
  );
}
