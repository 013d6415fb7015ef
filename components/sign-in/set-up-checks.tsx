import { CircleCheck, TriangleAlert } from "lucide-react";
import type { SetUpCheck } from "@/lib/sign-in/set-up-checks";

/** What must be true before the first administrator is created, each with its state in words. */
export function SetUpChecks({ checks }: { checks: SetUpCheck[] }) {
  return (
    <section aria-labelledby="set-up-checks">
      <h2 id="set-up-checks" className="text-section">
        Checks
      </h2>
      <ul className="mt-2 divide-y divide-line rounded-table border border-line bg-surface">
        {checks.map(({ name, holds, evidence }) => (
          <li key={name} className="flex items-start gap-2.5 px-3.5 py-2.5">
            {holds ? (
              <CircleCheck className="mt-0.5 text-active" />
            ) : (
              <TriangleAlert className="mt-0.5 text-expiring" />
            )}
            <div className="min-w-0">
              <p>
                <span className="font-medium">{name}</span>{" "}
                <span className={holds ? "text-active" : "text-expiring"}>
                  {holds ? "OK" : "Needs attention"}
                </span>
              </p>
              <p className="wrap-anywhere text-help text-ink3">{evidence}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
