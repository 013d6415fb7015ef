import type { SortDirection } from "@/components/ui/table";

/** What a `SortableHead` takes. */
interface ColumnSort {
  direction: SortDirection | undefined;
  onSort: () => void;
}

/**
 * How a column's head stands to the order of the rows: the first press orders by it, each further one turns it round.
 * @param first the order that the first press makes: `-created_at` begins with the latest
 */
export function columnSort<Sort extends string>(
  current: Sort,
  first: Sort,
  onSort: (sort: Sort) => void,
): ColumnSort {
  const turned = turnRound(first);
  return {
    direction: current === first || current === turned ? directionOf(current) : undefined,
    onSort: () => onSort(current === first ? turned : first),
  };
}

/** Every column that sorts does so both ways. */
function turnRound<Sort extends string>(sort: Sort): Sort {
  return (sort.startsWith("-") ? sort.slice(1) : `-${sort}`) as Sort;
}

function directionOf(sort: string): SortDirection {
  return sort.startsWith("-") ? "descending" : "ascending";
}
