import { NoAnswer, RequestRefused } from "@/lib/http/client";

/** What something is created with, by who may have to ask for it more than once. */
export interface CreationRequest<Body> {
  body: Body;
  /** The same for every repeat of the same creation. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** How long a lost answer is asked for again before the user is told. */
const retryForMs = 60_000;
const firstWaitMs = 500;
const longestWaitMs = 5_000;

/** A new Idempotency-Key: 32 random characters, made without `crypto.subtle` or `randomUUID`, which plain http lacks. */
export function newIdempotencyKey(): string {
  const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join("");
}

/**
 * Asks again, under the same Idempotency-Key, until an answer comes: at once refused or answered, but waited for while
 * none arrives or the server is passing through trouble. `attempt` must carry the same key each time.
 * @throws NoAnswer after a minute without one, RequestRefused as it comes
 */
export async function untilAnswered<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const deadline = Date.now() + retryForMs;
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !isPassing(error) || Date.now() + wait > deadline) throw error;
    }
    await pause(wait, signal);
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof NoAnswer) return true;
  return error instanceof RequestRefused && [502, 503, 504].includes(error.status);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
