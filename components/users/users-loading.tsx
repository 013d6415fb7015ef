import { ColumnHead, SkeletonRows, Table, TableHead } from "@/components/ui/table";
import { usersColumns } from "@/components/users/users-view";

/** Stands in for the users while they are fetched. */
export function UsersLoading() {
  return (
    <Table caption="Users" refreshing>
      <TableHead>
        {usersColumns.map((column) => (
          <ColumnHead key={column}>{column}</ColumnHead>
        ))}
      </TableHead>
      <SkeletonRows columns={usersColumns} />
    </Table>
  );
}
