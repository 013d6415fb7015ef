import { InlineCode } from "@/components/reference/inline-code";
import type { ProblemEntry } from "@/lib/openapi/problem-guide";

/** Every code, under an anchor of its own: the `type` of a problem leads here. */
export function ProblemsList({ problems }: { problems: readonly ProblemEntry[] }) {
  return (
    <dl className="divide-y divide-line border-line border-y">
      {problems.map(({ code, status, title, meaning }) => (
        <div
          key={code}
          id={code}
          className="grid scroll-mt-4 items-baseline gap-x-4 gap-y-0.5 py-2 target:bg-selected md:grid-cols-[14rem_1fr]"
        >
          <dt className="flex flex-wrap items-baseline gap-x-2">
            <code className="wrap-anywhere font-mono text-mono" translate="no">
              {code}
            </code>
            <span className="text-help text-ink3">{status}</span>
          </dt>
          <dd>
            <p className="font-medium">{title}</p>
            <p className="text-ink2">
              <InlineCode text={meaning} />
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
