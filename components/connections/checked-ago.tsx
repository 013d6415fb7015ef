"use client";

import { useSyncExternalStore } from "react";
import { absoluteUtc } from "@/components/ui/time-format";

interface CheckedAgoProps {
  /** When the answer arrived, by this browser's clock; what is shown counts from it. */
  at: number;
  /** The same moment by the server, ISO 8601: shown until the browser takes over. */
  atFirst: string;
}

/** "Checked 12 s ago", counted by the second and not announced. */
export function CheckedAgo({ at, atFirst }: CheckedAgoProps) {
  const now = useSyncExternalStore(everySecond, currentSecond, () => null);

  return <p>Checked {now === null ? `at ${absoluteUtc(new Date(atFirst))}` : ago(now * 1000 - at)}</p>;
}

function ago(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  return seconds < 60 ? `${seconds} s ago` : `${Math.floor(seconds / 60)} min ago`;
}

function everySecond(listener: () => void) {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}

function currentSecond(): number {
  return Math.round(Date.now() / 1000);
}
