// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards, a table loses its own roles in Safari.
// biome-ignore-all lint/a11y/useSemanticElements: as above; every role stands on the element it belongs to.
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { type ReactNode, type Ref, useId } from "react";
import { classNames } from "@/components/ui/class-names";
import { Identifier } from "@/components/ui/identifier";

interface TableProps {
  /** What it lists: its name, and a heading that isn't shown. */
  caption: string;
  /** The heading, a place to send focus to after a change of page. */
  headingRef?: Ref<HTMLHeadingElement>;
  /** Fresh rows are on their way: the old ones stay, under a bar of 2 px. */
  refreshing?: boolean;
  /** It has many columns: its rows are cards where it has less than 928 px, not only under 720 px. */
  wide?: boolean;
  /** `TableHead` and `TableBody`. */
  children: ReactNode;
}

/** A native table; where it has less than 720 px, each row is a card with printed labels, in the same order. */
export function Table({ caption, headingRef, refreshing = false, wide = false, children }: TableProps) {
  const headingId = useId();

  return (
    <div
      className={classNames("relative", wide ? "@container/wide-table" : "@container/table")}
      aria-busy={refreshing || undefined}
    >
      {refreshing && <div className="absolute inset-x-2.5 top-0 z-1 h-0.5 bg-accent appear-late" />}
      <h2 ref={headingRef} id={headingId} tabIndex={-1} className="sr-only">
        {caption}
      </h2>
      <table
        role="table"
        aria-labelledby={headingId}
        className="w-full border-separate border-spacing-0 rounded-table rows:border rows:border-line rows:bg-surface cards:block"
      >
        {children}
      </table>
    </div>
  );
}

/** The row of column heads: `ColumnHead` and `SortableHead`. Of cards only what sorts is to be seen. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup" className="cards:block">
      <tr role="row" className="cards:flex cards:flex-wrap cards:gap-x-4">
        {children}
      </tr>
    </thead>
  );
}

interface HeadProps {
  children: string;
  /** What the column holds, if that is short: it has its room before texts of any length share the rest. */
  room?: ColumnRoom | undefined;
}

interface ColumnHeadProps extends HeadProps {
  /** For a column whose cells speak for themselves (row actions). */
  hideLabel?: boolean;
}

/** A column's name. */
export function ColumnHead({ children, room, hideLabel = false }: ColumnHeadProps) {
  return (
    <th scope="col" role="columnheader" className={`${headClasses} ${roomOf(room)} cards:sr-only`}>
      {hideLabel ? <span className="sr-only">{children}</span> : children}
    </th>
  );
}

export type SortDirection = "ascending" | "descending";

interface SortableHeadProps extends HeadProps {
  /** How the rows are ordered by this column now; absent when they aren't. */
  direction?: SortDirection | undefined;
  /** Absent as long as there is nothing to order. */
  onSort?: (() => void) | undefined;
}

/** A column's name that is a button: a press orders the rows by it, another turns the order round. */
export function SortableHead({ children, room, direction, onSort }: SortableHeadProps) {
  const Icon = direction ? sortIcons[direction] : ChevronsUpDown;

  return (
    <th
      scope="col"
      role="columnheader"
      aria-sort={direction}
      className={`${headClasses} ${roomOf(room)} cards:px-0`}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={classNames(sortClasses, "hover:bg-hover hover:text-ink", direction && "text-ink")}
        >
          {children}
          <Icon className="size-3.5" />
        </button>
      ) : (
        <span className={sortClasses}>
          {children}
          <Icon className="size-3.5" />
        </span>
      )}
    </th>
  );
}

const sortClasses =
  "-mx-1.5 inline-flex min-h-7 items-center gap-1 rounded-badge px-1.5 font-medium cards:min-h-11";

const sortIcons = { ascending: ArrowUp, descending: ArrowDown };

/** The rows. */
export function TableBody({ children }: { children: ReactNode }) {
  return (
    <tbody role="rowgroup" className="cards:flex cards:flex-col cards:gap-2">
      {children}
    </tbody>
  );
}

interface TableRowProps {
  /** Tinted: the row that was just made. */
  highlighted?: boolean;
  ref?: Ref<HTMLTableRowElement>;
  children: ReactNode;
}

/** One row: a `RowHead`, then `Cell`s. It is no click target; the name in its head is a link. */
export function TableRow({ highlighted = false, ref, children }: TableRowProps) {
  return (
    <tr
      ref={ref}
      role="row"
      className={classNames(
        "cards:relative cards:flex cards:flex-col cards:gap-2 cards:rounded-table cards:border cards:border-line cards:px-3.5 cards:py-3",
        "rows:last:*:first:rounded-bl-table rows:last:*:last:rounded-br-table",
        highlighted ? "cards:bg-selected rows:*:bg-selected" : "cards:bg-surface",
      )}
    >
      {children}
    </tr>
  );
}

/** The cell that names its row. */
export function RowHead({ children }: { children: ReactNode }) {
  return (
    <th
      scope="row"
      role="rowheader"
      className={`${cellClasses} h-14 text-left font-normal cards:h-auto cards:pr-11`}
    >
      {children}
    </th>
  );
}

interface CellProps {
  /** The column's name, printed beside the value on a card. */
  label: string;
  children: ReactNode;
}

/** A value of a row. */
export function Cell({ label, children }: CellProps) {
  return (
    <td
      role="cell"
      data-label={label}
      className={`${cellClasses} cards:grid cards:grid-cols-[7rem_1fr] cards:gap-3 cards:before:text-ink3 cards:before:content-[attr(data-label)] cards:before:content-[attr(data-label)_/_""]`}
    >
      <div className="min-w-0">{children}</div>
    </td>
  );
}

interface SelectProps {
  /** The accessible name; unique within the page ("Select pipeline-production"). */
  label: string;
  checked: boolean;
  /** Some are, some aren't. */
  mixed?: boolean;
  onCheckedChange: (checked: boolean) => void;
}

/** The first column's head, where rows can be selected: selects all of the page, or none. */
export function SelectHead({ label, checked, mixed = false, onCheckedChange }: SelectProps) {
  return (
    <th scope="col" role="columnheader" className={selectHeadClasses}>
      <input
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => onCheckedChange(event.target.checked)}
        className="align-middle"
      />
    </th>
  );
}

interface SelectCellProps extends SelectProps {
  /** Why this row can't be selected; the box stays, says so, and does nothing. */
  blockedBecause?: string | undefined;
}

/** The first cell of a row: its checkbox; on a card in its upper corner. */
export function SelectCell({ label, checked, onCheckedChange, blockedBecause }: SelectCellProps) {
  const reasonId = useId();

  return (
    <td role="cell" className={selectCellClasses}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        aria-disabled={blockedBecause ? true : undefined}
        aria-describedby={blockedBecause ? reasonId : undefined}
        onChange={(event) => !blockedBecause && onCheckedChange(event.target.checked)}
        className="align-middle aria-disabled:opacity-50"
      />
      {blockedBecause && (
        <span id={reasonId} className="sr-only">
          {blockedBecause}
        </span>
      )}
    </td>
  );
}

/** The last cell of a row: its ⋮ menu; on a card in its upper corner. */
export function ActionsCell({ children }: { children: ReactNode }) {
  return (
    <td
      role="cell"
      className={`${cellClasses} w-0 whitespace-nowrap text-right rows:pl-0 cards:absolute cards:top-1 cards:right-1 cards:w-auto`}
    >
      {children}
    </td>
  );
}

interface DetailsRowProps {
  id: string;
  /** How many the table has. */
  columns: number;
  children: ReactNode;
}

/** What a row opens to: a row of one cell below it; of a card a card that hangs on to its own. */
export function DetailsRow({ id, columns, children }: DetailsRowProps) {
  return (
    <tr
      id={id}
      role="row"
      className="cards:-mt-2 cards:block cards:rounded-b-table cards:border cards:border-line cards:border-t-0 cards:bg-sunken cards:px-3.5 cards:py-3"
    >
      <td role="cell" colSpan={columns} className={`${cellClasses} rows:bg-sunken rows:py-4 rows:pl-11`}>
        {children}
      </td>
    </tr>
  );
}

/** The second line of a `RowHead`: an ID, an e-mail, the hint of a token. */
export function CellDetail({ children }: { children: string }) {
  return (
    <span className="mt-0.5 block font-mono text-ink3 text-mono">
      <Identifier>{children}</Identifier>
    </span>
  );
}

/** Stands in for the box that selects all, until there is something to select. */
export function SkeletonSelectHead() {
  return (
    <td className={selectHeadClasses}>
      <SkeletonBox />
    </td>
  );
}

/** A row of the final height that stands in for one; on a card with the names of what is to come. */
export function SkeletonRow({ selectable, cells, actions }: SkeletonRowProps) {
  const [, ...labels] = cells;

  return (
    <TableRow>
      {selectable && (
        <td role="cell" className={selectCellClasses}>
          <SkeletonBox />
        </td>
      )}
      <RowHead>
        <span className={`${barClasses} my-1.25 h-3 max-w-40`} />
        <span className={`${barClasses} mt-2 mb-0.75 h-2.5 max-w-30`} />
      </RowHead>
      {labels.map((label) => (
        <Cell key={label} label={label}>
          <span className={`${barClasses} h-3 max-w-20 cards:my-1`} />
        </Cell>
      ))}
      {actions && (
        <ActionsCell>
          <span className="inline-block size-8 max-md:size-11" />
        </ActionsCell>
      )}
    </TableRow>
  );
}

interface SkeletonRowProps {
  /** It begins with a box to select it by. */
  selectable: boolean;
  /** The names of the columns that hold texts. */
  cells: readonly string[];
  /** It ends with a menu. */
  actions: boolean;
}

function SkeletonBox() {
  return <span className="block size-4.5 rounded-badge border border-transparent bg-line" />;
}

// With a border, which is all that forced colours leave of them; as wide as the column is, and no reason for its width.
const barClasses = "block w-full rounded-badge border border-transparent bg-line";
const headClasses = "h-9 px-2.5 text-left font-medium text-help text-ink3 cards:h-auto";
const cellClasses =
  "px-2.5 py-2 align-middle wrap-anywhere rows:border-line rows:border-t cards:block cards:p-0";
const selectHeadClasses = `${headClasses} w-0 pr-0 cards:px-3.5 cards:py-3`;
const selectCellClasses = `${cellClasses} w-0 pr-0 cards:absolute cards:top-3 cards:left-3.5 cards:w-auto cards:[&+th]:pl-8`;

/** How much room a column has, by what it holds. */
export type ColumnRoom = keyof typeof roomClasses;

const roomOf = (room: ColumnRoom | undefined) => (room ? roomClasses[room] : "");

const roomClasses = {
  word: "rows:w-21",
  /** The badge of what an identity provider manages. */
  source: "rows:w-22",
  date: "rows:w-28",
  /** "57 minutes ago", or the same as two lines of UTC until the page is alive. */
  time: "rows:w-30.5",
  /** The widest badge of a state. */
  status: "rows:w-28",
  /** Two teams, on two lines if need be. */
  names: "rows:w-34",
  /** "Expires in 11 hours", beneath a number. */
  tokens: "rows:w-33",
  /** A name of two words with its badge, and an ID as long. */
  account: "rows:w-52",
  /** "service_account.created" */
  action: "rows:w-50",
  result: "rows:w-25",
  /** The longest of IPv4. */
  address: "rows:w-34",
  timeAndButton: "rows:w-37.5",
  /** A time, an address and a month of bars. */
  use: "rows:w-39",
};
