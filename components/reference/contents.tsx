/** A place in the reference, with those below it. */
export interface ContentsEntry {
  id: string;
  title: string;
  below?: ContentsEntry[];
}

/** Where everything is: a column at the left, folded away under 720 px. */
export function Contents({ entries }: { entries: ContentsEntry[] }) {
  return (
    <nav aria-label="Contents">
      <details className="rounded-control border border-line bg-surface md:hidden">
        <summary className="min-h-11 content-center rounded-control px-3.5 font-medium">Contents</summary>
        <div className="px-3.5 pb-3">
          <Entries entries={entries} />
        </div>
      </details>
      {/* What scrolls cuts off what stands out: the padding is for the ring of a link that has focus. */}
      <div className="sticky top-0 -mx-2.5 max-h-dvh scroll-py-2 overflow-y-auto px-1 py-7 max-md:hidden">
        <Entries entries={entries} />
      </div>
    </nav>
  );
}

function Entries({ entries }: { entries: ContentsEntry[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {entries.map(({ id, title, below = [] }) => (
        <li key={id}>
          <EntryLink id={id} title={title} className="font-medium text-ink" />
          {below.length > 0 && (
            <ul>
              {below.map((entry) => (
                <li key={entry.id}>
                  <EntryLink {...entry} className="text-ink2" />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function EntryLink({ id, title, className }: ContentsEntry & { className: string }) {
  return (
    <a
      href={`#${id}`}
      className={`block rounded-badge px-1.5 py-1 hover:bg-hover hover:text-ink max-md:py-2.5 ${className}`}
    >
      {title}
    </a>
  );
}
