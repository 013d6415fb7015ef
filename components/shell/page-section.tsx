import { type ReactNode, useId } from "react";

interface PageSectionProps {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** A button or link at the right of the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One matter of a page. */
export function PageSection({ title, lead, action, children }: PageSectionProps) {
  const titleId = useId();

  return (
    <section aria-labelledby={titleId}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id={titleId} className="text-section">
            {title}
          </h2>
          {lead && <p className="mt-0.5 text-ink2">{lead}</p>}
        </div>
        {action}
      </div>
      <div className="mt-4">{children}</div>
    </section>
  );
}
