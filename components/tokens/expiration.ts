import { localDay } from "@/components/ui/time-format";

/** The expirations that the screens offer (T2); the API takes any whole number of days up to ten years. */
export const expirations = [
  { days: 30, label: "30 days" },
  { days: 60, label: "60 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "1 year" },
  { days: null, label: "Never" },
] as const;

export const defaultExpirationDays = 90;

/** When a token that is made at `from` would end; days are of 24 hours, as the server counts them. */
export function expiryAfter(days: number, from: Date): Date {
  return new Date(from.getTime() + days * 86_400_000);
}

/** "90 days — 21 Feb 2027", or "Never". */
export function expirationLabel(
  { days, label }: (typeof expirations)[number],
  from: Date,
  timeZone?: string,
): string {
  return days === null ? label : `${label} — ${localDay(expiryAfter(days, from), timeZone)}`;
}
