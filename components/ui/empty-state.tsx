import type { ReactNode } from "react";

interface EmptyStateProps {
  /** "No service users yet" or "No users match 'kafka'". */
  title: string;
  /** What would be here and what it is good for. */
  children?: ReactNode;
  /** The way on: a button or a link. */
  action?: ReactNode;
}

/** Stands where rows would be. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-table border border-line bg-surface px-6 py-8">
      <div className="max-w-prose">
        <p className="text-section">{title}</p>
        {children && <div className="mt-1 text-ink2">{children}</div>}
      </div>
      {action}
    </div>
  );
}
