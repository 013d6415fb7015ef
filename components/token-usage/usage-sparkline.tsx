import { callsText } from "@/components/token-usage/caller-text";
import { Sparkline } from "@/components/ui/sparkline";
import type { DayOfUsage } from "@/lib/token-usage/contract";

/** The calls with a token, day by day; nothing for one that nobody called. */
export function UsageSparkline({ days }: { days: readonly DayOfUsage[] }) {
  const total = (outcome: "accepted" | "refused") => days.reduce((sum, day) => sum + day[outcome], 0);
  const [accepted, refused] = [total("accepted"), total("refused")];
  if (accepted + refused === 0) return null;

  return (
    <Sparkline
      bars={days.map((day) => ({ good: day.accepted, bad: day.refused }))}
      label={`${callsText(accepted)} in ${days.length} days${refused > 0 ? `, ${refused.toLocaleString("en")} refused` : ""}, ${trend(days)}`}
    />
  );
}

/** The last week beside the one before it. */
function trend(days: readonly DayOfUsage[]): string {
  const calls = (from: number, to?: number) =>
    days.slice(from, to).reduce((sum, day) => sum + day.accepted + day.refused, 0);
  return `${calls(-7).toLocaleString("en")} in the last 7 after ${calls(-14, -7).toLocaleString("en")} in the 7 before`;
}
