import type { ReactNode, RefObject } from "react";
import { columnSort } from "@/components/lists/column-sort";
import type { Column } from "@/components/lists/columns";
import type { Selection } from "@/components/lists/use-selection";
import {
  ColumnHead,
  SelectHead,
  SkeletonSelectHead,
  SortableHead,
  Table,
  TableHead,
} from "@/components/ui/table";

interface ListTableProps<Sort extends string> {
  /** The list's name, as "Users". */
  caption: string;
  columns: readonly Column<Sort>[];
  headingRef?: RefObject<HTMLHeadingElement | null>;
  refreshing: boolean;
  /** How the rows are ordered; absent as long as there are none, or where that can't be chosen. */
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  selection?: Selection | undefined;
  /** The rows, in a `TableBody`. */
  children: ReactNode;
}

/** A list's table with its columns: the same whether rows are in it or what stands in for them. */
export function ListTable<Sort extends string>({
  caption,
  columns,
  headingRef,
  refreshing,
  sort,
  onSort,
  selection,
  children,
}: ListTableProps<Sort>) {
  const headOf = ({ name, room, sort: first, holds }: Column<Sort>) => {
    if (holds === "actions")
      return (
        <ColumnHead key={name} hideLabel>
          {name}
        </ColumnHead>
      );
    if (holds === "selection")
      return selection ? (
        <SelectHead
          key={name}
          label="Select all on this page"
          checked={selection.all}
          mixed={selection.ids.length > 0 && !selection.all}
          onCheckedChange={selection.setAll}
        />
      ) : (
        <SkeletonSelectHead key={name} />
      );
    if (!first)
      return (
        <ColumnHead key={name} room={room}>
          {name}
        </ColumnHead>
      );
    return (
      <SortableHead key={name} room={room} {...(sort && onSort && columnSort(sort, first, onSort))}>
        {name}
      </SortableHead>
    );
  };

  return (
    <Table
      caption={caption}
      {...(headingRef && { headingRef })}
      refreshing={refreshing}
      wide={columns.length > atMostNarrow}
    >
      <TableHead>{columns.map(headOf)}</TableHead>
      {children}
    </Table>
  );
}

/** Columns that 720 px have room for. */
const atMostNarrow = 5;
