import type { ReactNode } from "react";

interface ReferenceSectionProps {
  /** The anchor of its heading. */
  id: string;
  title: string;
  children: ReactNode;
}

/** One chapter of the reference. */
export function ReferenceSection({ id, title, children }: ReferenceSectionProps) {
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="scroll-mt-4 text-dialog">
        {title}
      </h2>
      {children}
    </section>
  );
}
