import { callsText } from "@/components/token-usage/caller-text";
import { RelativeTime } from "@/components/ui/relative-time";
import type { TokenUsage } from "@/lib/token-usage/contract";

interface CallersTableProps {
  callers: TokenUsage["callers"];
  total: number;
}

/** Who used a token: the client, from where, how often, when last. */
export function CallersTable({ callers, total }: CallersTableProps) {
  return (
    <section
      aria-label="Who used it in the last 30 days"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard.
      tabIndex={0}
      className="max-h-52 overflow-y-auto rounded-control border border-line"
    >
      <table className="w-full text-ink">
        <thead>
          <tr className="text-left text-help text-ink3">
            <th scope="col" className="px-3 py-1.5 font-medium">
              Client
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              30 days
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Last call
            </th>
          </tr>
        </thead>
        <tbody>
          {callers.map((caller) => (
            <tr key={`${caller.ip} ${caller.user_agent}`} className="*:border-line *:border-t">
              <th scope="row" className="px-3 py-1.5 text-left font-normal">
                <span className="block wrap-anywhere">{caller.user_agent ?? "No name sent"}</span>
                <span className="block font-mono text-ink3 text-mono wrap-anywhere">
                  {caller.ip ?? "various addresses"}
                </span>
              </th>
              <td className="px-3 py-1.5 align-top">
                {callsText(caller.accepted)}
                {caller.refused > 0 && (
                  <span className="block text-danger-text">
                    {caller.refused.toLocaleString("en")} refused
                  </span>
                )}
              </td>
              <td className="px-3 py-1.5 align-top">
                <RelativeTime at={caller.last_seen_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > callers.length && (
        <p className="border-line border-t px-3 py-1.5 text-help text-ink3">
          and {(total - callers.length).toLocaleString("en")} more
        </p>
      )}
    </section>
  );
}
