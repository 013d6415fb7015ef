"use client";

import { useEffect, useRef, useState } from "react";
import { waitText } from "@/components/forms/wait-text";
import { Notice } from "@/components/ui/notice";
import { RequestRefused } from "@/lib/http/client";

interface FormRefusalProps {
  /** What the request threw. */
  error: Error;
  /** Changes with each attempt, so that the box takes focus again. */
  attempt: number;
}

/** Stands atop a form that was refused as a whole, and takes focus. */
export function FormRefusal({ error, attempt }: FormRefusalProps) {
  const box = useRef<HTMLDivElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt moves focus, a changed text alone doesn't.
  useEffect(() => box.current?.focus(), [attempt]);

  return (
    <Notice tone="danger" ref={box}>
      {error instanceof RequestRefused && error.code === "too_many_attempts" ? (
        <Wait key={attempt} seconds={error.retryAfter ?? 60} />
      ) : (
        <p>{error.message}</p>
      )}
    </Notice>
  );
}

/** How often the time left is told anew: a text that changes by the second can't be read in peace. */
const recount = 15_000;

/** "Too many attempts. Try again in 14 minutes 45 seconds.", counted down. */
function Wait({ seconds }: { seconds: number }) {
  const [until] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds * 1000);

  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(until - Date.now()), Math.min(recount, left));
    return () => clearTimeout(timer);
  }, [left, until]);

  return left > 0 ? <p>Too many attempts. Try again in {waitText(left)}.</p> : <p>You can try again now.</p>;
}
