import type { ColumnRoom } from "@/components/ui/table";

/** A column of a list: what stands in its head, and how much room it has. */
export interface Column<Sort extends string = string> {
  name: string;
  /** Absent where texts of any length share what is left. */
  room?: ColumnRoom;
  /** The order that a first press on its head makes; absent where it doesn't sort. */
  sort?: Sort;
  /** What its cells hold instead of a text. */
  holds?: "selection" | "actions";
}

/** The first column, where rows can be selected. */
export const selectionColumn = { name: "Selection", holds: "selection" } as const satisfies Column;

/** The last column: each row's ⋮. */
export const actionsColumn = { name: "Actions", holds: "actions" } as const satisfies Column;
