/** "23 Nov 2026, 14:49 UTC": what the server prints, the same for everybody. */
export function absoluteUtc(date: Date): string {
  const { day, month, year, time } = partsOf(date, "UTC");
  return `${day} ${month} ${year}, ${time} UTC`;
}

/** "Mon 23 Nov 2026, 15:49 (UTC+1)", in the given zone or the browser's own. */
export function absoluteLocal(date: Date, timeZone?: string): string {
  const { weekday, day, month, year, time, offset } = partsOf(date, timeZone);
  return `${weekday} ${day} ${month} ${year}, ${time} (${offset})`;
}

/** "23 Nov 2026", in the given zone or the browser's own. */
export function localDay(date: Date, timeZone?: string): string {
  const { day, month, year } = partsOf(date, timeZone);
  return `${day} ${month} ${year}`;
}

/** "3 minutes ago", "in 6 days", "in 1 year"; "just now" within the last minute, "in under a minute" before the next. */
export function relativeTime(date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const distance = Math.abs(seconds);
  if (distance < minute) return seconds > 0 ? "in under a minute" : "just now";

  const { unit, length } = units.find(({ below }) => distance < below) ?? years;
  return phrase.format(Math.sign(seconds) * Math.max(1, Math.round(distance / length)), unit);
}

/** "6 hours": how long it has been since. */
export function quietFor(since: Date, now: Date): string {
  return relativeTime(since, now).replace(/ ago$/, "");
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const month = 30.44 * day;
const year = 365.25 * day;

interface Unit {
  unit: Intl.RelativeTimeFormatUnit;
  length: number;
  below: number;
}

const years: Unit = { unit: "year", length: year, below: Number.POSITIVE_INFINITY };

// The half units make the rounding of one unit end where the next begins: never "60 minutes", never "24 hours".
const units: Unit[] = [
  { unit: "minute", length: minute, below: 59.5 * minute },
  { unit: "hour", length: hour, below: 23.5 * hour },
  // In days as long as tokens are commonly issued for days (30, 60, 90).
  { unit: "day", length: day, below: 92 * day },
  { unit: "month", length: month, below: 11.5 * month },
  years,
];

// "1 day ago" rather than "yesterday": 30 hours ago may be the day before that.
const phrase = new Intl.RelativeTimeFormat("en", { numeric: "always" });

function partsOf(date: Date, timeZone: string | undefined) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "shortOffset",
  }).formatToParts(date);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";

  return {
    weekday: part("weekday"),
    day: part("day"),
    month: part("month"),
    year: part("year"),
    time: `${part("hour")}:${part("minute")}`,
    // Engines differ on the zero: "GMT" or "GMT+0".
    offset: part("timeZoneName").replace("GMT", "UTC").replace(/\+0$/, ""),
  };
}
