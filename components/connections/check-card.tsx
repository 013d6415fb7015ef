import Link from "next/link";
import { type Finding, stateVariants } from "@/components/connections/findings";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";

/** One check: its state in words, the evidence, and since when it is down. */
export function CheckCard({
  finding: { name, state, evidence, advice, downSince, action },
}: {
  finding: Finding;
}) {
  return (
    <li className="rounded-table border border-line bg-surface px-3.5 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{name}</h3>
        <Badge variant={stateVariants[state]}>{state}</Badge>
      </div>
      {evidence.length > 0 && (
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {evidence.map((fact) => (
            <div key={fact.label} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-ink3">{fact.label}</dt>
              <dd className="wrap-anywhere">
                {"at" in fact && <RelativeTime at={fact.at} />}
                {"at" in fact && fact.value !== undefined && ", "}
                {fact.value}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {advice && (
        <p className="mt-2 text-ink2">
          {downSince && (
            <>
              Down since <time dateTime={downSince.toISOString()}>{clockTime(downSince)}</time>.{" "}
            </>
          )}
          {advice}
        </p>
      )}
      {action && (
        <p className="mt-2">
          <Link
            href={action.href}
            className="inline-flex min-h-6 items-center text-accent underline underline-offset-2"
          >
            {action.label}
          </Link>
        </p>
      )}
    </li>
  );
}

/** "15:41:07", local. */
function clockTime(date: Date): string {
  return date.toLocaleTimeString("en-GB");
}
