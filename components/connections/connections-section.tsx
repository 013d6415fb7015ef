import { type ReactNode, useId } from "react";

interface ConnectionsSectionProps {
  title: string;
  lead: ReactNode;
  /** At the right of the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One part of the Connections page. */
export function ConnectionsSection({ title, lead, action, children }: ConnectionsSectionProps) {
  const titleId = useId();

  return (
    <section aria-labelledby={titleId}>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id={titleId} className="text-section">
            {title}
          </h2>
          <div className="text-ink2">{lead}</div>
        </div>
        {action}
      </div>
      <div className="mt-3">{children}</div>
    </section>
  );
}
