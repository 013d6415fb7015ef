import { isDatabaseUnavailable } from "@/db/failures";
import { EnvError } from "@/lib/env";

/** How long a database that isn't there yet, or is slow to answer, is waited for. */
const patienceMs = 15_000;
const pauseMs = 500;

/**
 * Does a part of the start that needs the database, again and again while it doesn't answer: on a machine that is busy
 * starting everything at once, one slow connection must not end the start.
 * @param work safe to repeat
 * @throws EnvError when the database doesn't come within 15 seconds
 */
export async function whenReachable<T>(work: () => Promise<T>, report: (line: string) => void): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (let told = false; ; told = true) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      if (Date.now() > deadline)
        throw new EnvError(`DATABASE_URL: the database can't be reached (${reasonOf(error)}).`);
      if (!told) report("Waiting for the database …");
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Without host, user or password. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code || "no answer";
}
