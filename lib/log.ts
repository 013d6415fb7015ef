import { DrizzleQueryError } from "drizzle-orm/errors";
import pino, { type Logger } from "pino";
import { env } from "@/lib/env";
import { once } from "@/lib/process";

/**
 * The structured log of this process (JSON lines on standard output). Secrets are never handed to it; the redaction
 * is the second lock, for headers and fields that carry them by nature.
 */
export function log(): Logger {
  return once("log", () =>
    pino({
      level: env().logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: [
        "*.authorization",
        "*.cookie",
        "*.password",
        "*.bearer_token",
        "*.secret",
        "*.code",
        "bearer_token",
      ],
      serializers: { error: loggedError },
    }),
  );
}

/**
 * What the log holds of an error. A failed query goes without its parameters: they may be thousands, and are what must
 * not stand there (hashes, sessions, addresses).
 */
export function loggedError(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return pino.stdSerializers.err(error as Error);
  const bare = new Error(`Failed query: ${error.query.trim()}`, { cause: error.cause });
  bare.stack = bare.message;
  return { ...pino.stdSerializers.err(bare), type: error.name };
}
