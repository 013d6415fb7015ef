import { relativeTime } from "@/components/ui/time-format";
import { userAgentFamily } from "@/lib/token-usage/user-agent-family";

/** "curl/8 from 10.0.0.5"; what isn't known is left out. */
export function callerText(ip: string | null, userAgent: string | null): string {
  const client = userAgentFamily(userAgent) ?? "a client without name";
  return ip === null ? client : `${client} from ${ip}`;
}

/** "3 minutes ago"; nothing while the time isn't known, on the server. */
export function agoText(at: string, now: Date | null): string {
  return now ? relativeTime(new Date(at), now) : "";
}

/** "1 call", "1,204 calls". */
export function callsText(count: number): string {
  return count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`;
}
