import { type ReactNode, useId } from "react";

interface AccountSectionProps {
  title: string;
  /** One sentence under the title. */
  lead?: string;
  children: ReactNode;
}

/** One matter of the account page. */
export function AccountSection({ title, lead, children }: AccountSectionProps) {
  const titleId = useId();

  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className="text-section">
        {title}
      </h2>
      {lead && <p className="mt-0.5 text-ink2">{lead}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
