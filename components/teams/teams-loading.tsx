import { teamsColumns } from "@/components/teams/teams-view";
import { ColumnHead, SkeletonRows, Table, TableHead } from "@/components/ui/table";

/** Stands in for the teams while they are fetched. */
export function TeamsLoading() {
  return (
    <Table caption="Teams" refreshing>
      <TableHead>
        {teamsColumns.map((column) => (
          <ColumnHead key={column}>{column}</ColumnHead>
        ))}
      </TableHead>
      <SkeletonRows columns={teamsColumns} />
    </Table>
  );
}
