import type { ReactNode } from "react";

/** What a secret is for, a line each, beneath it: `Fact`s. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="mt-5 flex flex-col gap-2 border-line border-t pt-4">{children}</dl>;
}

export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-baseline max-md:grid-cols-[5.5rem_minmax(0,1fr)]">
      <dt className="text-ink2">{term}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  );
}
