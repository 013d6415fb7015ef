interface AffectedListProps {
  /** What they are, as "Tokens". */
  label: string;
  /** Each by its name, and what tells it from another of that name. */
  items: readonly { id: number; name: string; more: string }[];
}

/** What an act on several is about, one a line; where they are many it scrolls, by keyboard too. */
export function AffectedList({ label, items }: AffectedListProps) {
  return (
    <ul
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a stop for the keyboard, to scroll it.
      tabIndex={0}
      className="max-h-52 overflow-y-auto rounded-control border border-line px-3 py-1.5 text-ink"
    >
      {items.map(({ id, name, more }) => (
        <li key={id} className="py-0.5 wrap-anywhere">
          {name} <span className="text-ink3">{more}</span>
        </li>
      ))}
    </ul>
  );
}
