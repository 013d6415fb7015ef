"use client";

import { type ReactNode, useSyncExternalStore } from "react";
import { absoluteLocal, absoluteUtc, localDay, relativeTime } from "@/components/ui/time-format";
import { Tooltip } from "@/components/ui/tooltip";

/**
 * "3 minutes ago", with the local and the UTC time in a tooltip. The server prints the UTC time; the browser swaps it
 * after hydration, so that both agree at first.
 */
export function RelativeTime({ at }: { at: string }) {
  const date = new Date(at);
  const now = useNow();

  return (
    <Moment date={date} now={now}>
      {now ? relativeTime(date, now) : absoluteUtc(date)}
    </Moment>
  );
}

/** When something ends, always with its date: "29 Nov 2026 (in 6 days)". `null` is "Never". */
export function ExpiryDate({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return <>Never</>;

  const date = new Date(at);
  return (
    <Moment date={date} now={now}>
      {now ? (
        <>
          {localDay(date)} <span className="whitespace-nowrap">({relativeTime(date, now)})</span>
        </>
      ) : (
        absoluteUtc(date)
      )}
    </Moment>
  );
}

/** The time now, renewed every minute; `null` on the server and while hydrating. For texts that depend on it. */
export function useNow(): Date | null {
  const minutes = useSyncExternalStore(
    everyMinute,
    () => minutesPassed,
    () => null,
  );
  return minutes === null ? null : new Date();
}

function Moment({ date, now, children }: { date: Date; now: Date | null; children: ReactNode }) {
  const moment = <time dateTime={date.toISOString()}>{children}</time>;
  if (!now) return moment;

  return (
    <Tooltip
      content={
        <>
          <span className="block">{absoluteLocal(date)}</span>
          <span className="block text-ink2">{absoluteUtc(date)}</span>
        </>
      }
    >
      <button type="button" className="-my-0.5 min-h-6 rounded-badge text-left align-top">
        {moment}
      </button>
    </Tooltip>
  );
}

const listeners = new Set<() => void>();
let clock: ReturnType<typeof setInterval> | undefined;
let minutesPassed = 0;

/** One timer for the whole page, running while something on it shows a time. */
function everyMinute(listener: () => void): () => void {
  listeners.add(listener);
  clock ??= setInterval(tick, 60_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(clock);
    clock = undefined;
  };
}

function tick() {
  minutesPassed += 1;
  for (const listener of listeners) listener();
}
