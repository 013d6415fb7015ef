import { compile } from "proxy-addr";
import { z } from "zod";
import { once } from "@/lib/process";

/** The configuration, checked; the README has the table. */
export interface Env {
  port: number;
  host: string;
  gatePort: number;
  gateHost: string;
  /** Without a trailing slash. */
  publicUrl: string | undefined;
  /** Addresses and networks whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  /** Absent: the embedded PostgreSQL. */
  databaseUrl: string | undefined;
  databaseListenUrl: string | undefined;
  dataDir: string | undefined;
  secret: string | undefined;
  serviceEmail: string;
  bootstrapFile: string | undefined;
  gateStaleSeconds: number;
  /** Processes that share the gate's port; more than one where there are more cores to use. */
  gateWorkers: number;
  logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
}

/** A wrong setting; its message is one line that names the variable, what it got and what it takes. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/**
 * Reads the configuration from environment variables; an empty one counts as not set.
 * @throws EnvError for the first wrong value
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const read = <T>(
    name: string,
    takes: string,
    schema: z.ZodType<T, string | undefined>,
    secret = false,
  ): T => {
    const got = source[name] || undefined;
    const result = schema.safeParse(got);
    if (result.success) return result.data;
    const shown = secret ? `${Buffer.byteLength(got ?? "")} bytes` : JSON.stringify(got ?? "");
    throw new EnvError(`${name}: got ${got === undefined ? "nothing" : shown}, takes ${takes}.`);
  };

  const databaseUrl = read("DATABASE_URL", "a postgresql:// address", postgresAddress, true);
  const secret = read("LATCHKEY_SECRET", "32 bytes or more", secretText, true);
  if (databaseUrl && !secret)
    throw new EnvError(
      "LATCHKEY_SECRET: got nothing, takes 32 bytes or more; it is required with DATABASE_URL.",
    );

  const databaseListenUrl = read("DATABASE_LISTEN_URL", "a postgresql:// address", postgresAddress, true);
  if (databaseListenUrl && !databaseUrl)
    throw new EnvError(
      `DATABASE_LISTEN_URL: got ${Buffer.byteLength(databaseListenUrl)} bytes, takes a direct address of the database in DATABASE_URL, which is not set.`,
    );

  return {
    port: read("PORT", "a port from 1 to 65535", port(1).default(3000)),
    host: read("HOST", "an address or host name to listen on", text.default("127.0.0.1")),
    gatePort: read("GATE_PORT", "a port from 1 to 65535, or 0 for no gate", port(0).default(3001)),
    gateHost: read("GATE_HOST", "an address or host name to listen on", text.default("127.0.0.1")),
    publicUrl: read("PUBLIC_URL", "an http:// or https:// address without a path", publicAddress),
    trustedProxies: read(
      "TRUSTED_PROXIES",
      "addresses or networks, comma-separated, like 10.0.0.0/8,::1",
      proxies,
    ),
    databaseUrl,
    databaseListenUrl,
    dataDir: read("DATA_DIR", "the path of a folder", text.optional()),
    secret,
    serviceEmail: read("SERVICE_EMAIL", "an e-mail address", z.email().default("service@example.com")),
    bootstrapFile: read("BOOTSTRAP_FILE", "the path of a JSON file", text.optional()),
    gateStaleSeconds: read("GATE_STALE_SECONDS", "whole seconds from 0 to 3600", seconds.default(30)),
    gateWorkers: read("GATE_WORKERS", "a whole number from 1 to 8", workers.default(1)),
    logLevel: read("LOG_LEVEL", `one of ${logLevels.join(", ")}`, z.enum(logLevels).default("info")),
  };
}

/** The configuration of this process, read once. */
export function env(): Env {
  return once("env", () => readEnv(process.env));
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const text = z.string();
const secretText = z
  .string()
  .refine((secret) => Buffer.byteLength(secret) >= 32)
  .optional();
const seconds = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .pipe(z.int().max(3600));

const workers = z
  .string()
  .regex(/^[1-8]$/)
  .transform(Number);

function port(min: number) {
  return z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.int().min(min).max(65_535));
}

const postgresAddress = z
  .string()
  .refine((address) => URL.canParse(address) && /^postgres(ql)?:$/.test(new URL(address).protocol))
  .optional();

const publicAddress = z
  .string()
  .refine((address) => URL.canParse(address))
  .transform((address) => new URL(address))
  // Nothing but its origin: a path, a query, a fragment or a password would be lost without a word.
  .refine((url) => /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`)
  .transform((url) => url.origin)
  .optional();

const proxies = z
  .string()
  .default("")
  .transform((list) =>
    list
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine((list) => {
    try {
      compile(list);
      return true;
    } catch {
      return false;
    }
  });
