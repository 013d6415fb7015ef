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
      serializers: { error: pino.stdSerializers.err },
    }),
  );
}
