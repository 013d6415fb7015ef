import { agoText, callerText } from "@/components/token-usage/caller-text";
import { quietFor } from "@/components/ui/time-format";
import type { TokenUsage } from "@/lib/token-usage/contract";
import type { Token } from "@/lib/tokens/contract";

/** A token that was called within this long is still called; one that wasn't is quiet. */
const quietAfterMs = 3_600_000;

type Callers = TokenUsage["callers"];

/** Whether the old token of a rotation is still called, in words. */
export function verdictOn(
  old: Pick<Token, "last_used_at" | "last_used_ip" | "last_used_user_agent">,
  now: Date,
): { tone: "quiet" | "called" | "unused"; text: string } {
  if (!old.last_used_at) return { tone: "unused", text: "Nobody has called with the old one." };
  const last = new Date(old.last_used_at);
  if (now.getTime() - last.getTime() >= quietAfterMs)
    return { tone: "quiet", text: `The old one has been quiet for ${quietFor(last, now)}` };
  const who = callerText(old.last_used_ip, old.last_used_user_agent);
  return { tone: "called", text: `Still called by ${who}, ${agoText(old.last_used_at, now)}` };
}

/** Who came with the old token, but not with the new one so far; the latest first. */
export function laggingCallers(old: Callers, successor: Callers): Callers {
  const keyOf = ({ ip, user_agent }: Callers[number]) => `${ip} ${user_agent}`;
  const moved = new Set(successor.filter(({ accepted }) => accepted > 0).map(keyOf));
  return old.filter((caller) => caller.accepted > 0 && !moved.has(keyOf(caller)));
}
