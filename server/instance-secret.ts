import { randomBytes } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import path from "node:path";
import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import { instance } from "@/db/schema";
import { keyFor, sameBytes } from "@/lib/access/secret";
import { now } from "@/lib/clock";
import { EnvError } from "@/lib/env";

/** The secret kept in the data folder, which is there; made at the first start, readable by its owner only. */
export async function loadOrMakeSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, "secret.key");
  try {
    const handle = await open(file, "wx", 0o600);
    try {
      await handle.writeFile(`${randomBytes(48).toString("base64url")}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const secret = (await readFile(file, "utf8")).trim();
  if (Buffer.byteLength(secret) < 32)
    throw new EnvError(`${file}: got ${secret.length} bytes, takes 32 bytes or more.`);
  return secret;
}

/**
 * Proves that this secret is the one the database was made with, or marks a new database with it.
 * @throws EnvError for another secret: every token and session would be refused with it
 */
export async function checkFingerprint(): Promise<void> {
  const fingerprint = keyFor("fingerprint").export();
  await db()
    .insert(instance)
    .values({ secretFingerprint: fingerprint, createdAt: now() })
    .onConflictDoNothing();
  const [row] = await db().select().from(instance).where(eq(instance.id, 1));
  if (!row || !sameBytes(row.secretFingerprint, fingerprint))
    throw new EnvError(
      "LATCHKEY_SECRET: got another secret than this database was made with, takes that one.",
    );
}
