import { type Finding, stateVariants } from "@/components/connections/findings";
import { Badge } from "@/components/ui/badge";

/** One check: its state in words, the evidence, and since when it is down. */
export function CheckCard({ finding: { name, state, evidence, advice, downSince } }: { finding: Finding }) {
  return (
    <li className="rounded-table border border-line bg-surface px-3.5 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{name}</h3>
        <Badge variant={stateVariants[state]}>{state}</Badge>
      </div>
      {evidence.length > 0 && (
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {evidence.map(({ label, value }) => (
            <div key={label} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-ink3">{label}</dt>
              <dd>{value}</dd>
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
    </li>
  );
}

/** "15:41:07", local. */
function clockTime(date: Date): string {
  return date.toLocaleTimeString("en-GB");
}
