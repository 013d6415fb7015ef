import type { ReactNode } from "react";

/** What there is to know of one thing, a line each: `Detail`s. */
export function DetailList({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line rounded-table border border-line bg-surface">{children}</dl>;
}

export function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid items-baseline gap-x-4 px-3.5 py-2.5 md:grid-cols-[8rem_1fr]">
      <dt className="text-ink3">{label}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}
