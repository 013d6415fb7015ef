import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { type Database, db } from "@/db/client";
import { credentials, sessions, signIns, verifications } from "@/db/schema";
import { keyFor } from "@/lib/access/secret";
import { env } from "@/lib/env";
import { ownAddress } from "@/lib/http/own-address";
import { once } from "@/lib/process";
import { maxPasswordLength, minPasswordLength } from "@/lib/sign-in/contract";

/** A session ends after this, used or not; 12 hours idle end it earlier (find-session.ts). */
const sessionSeconds = 7 * 24 * 3600;
export const cookiePrefix = "latchkey";
const sessionCookie = `${cookiePrefix}.session_token`;
/** Takes the session cookie out of the browser. */
export const clearedSessionCookie = `${sessionCookie}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;

/**
 * The sign-in library on the process's pool, for reads. It is called as a library only: its own HTTP routes, and with
 * them its open sign-up, are not mounted.
 */
export function auth() {
  return once("auth", () => authOn(db()));
}

/** The sign-in library inside a transaction, so that what it writes and the audit entry stand or fall together. */
export function authOn(connection: Database) {
  return betterAuth({
    appName: "Latchkey",
    baseURL: env().publicUrl ?? ownAddress(env().host, env().port),
    secret: keyFor("session cookie").export().toString("hex"),
    database: drizzleAdapter(connection, {
      provider: "pg",
      schema: { user: signIns, session: sessions, account: credentials, verification: verifications },
    }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength, maxPasswordLength },
    session: {
      expiresIn: sessionSeconds,
      // The end is fixed at sign-in; and a cached session would outlive a deactivation.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    advanced: {
      cookiePrefix,
      database: { generateId: "serial" },
      // Decided per request instead, by how it arrived (lib/http/route.ts).
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
    },
    // Ours counts per account and per true client address, on every instance (sign-in-limits.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}
