import { readFile } from "node:fs/promises";
import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { systemPrincipal } from "@/lib/access/principal";
import { type KnownHead, verifyAudit } from "@/lib/audit/contract";
import { findHead, mostUnsealedCounted } from "@/lib/audit/seals";
import { verifySeals } from "@/lib/audit/verify-seals";
import { EnvError } from "@/lib/env";
import { openInstance } from "@/server/open-instance";

/*
 * npm run audit:verify [-- --head FILE]: proves the seals over the audit, or names the first entry that was touched.
 * Ends with status 0 when all is intact, 1 when it isn't, 2 when it couldn't be found out.
 */

verify(process.argv.slice(2)).then(
  (intact) => process.exit(intact ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(2);
  },
);

async function verify(args: string[]): Promise<boolean> {
  const head = await readHead(args);
  const instance = await openInstance((line) => process.stderr.write(`${line}\n`), { join: true });
  try {
    return await verifyAll(head);
  } finally {
    await instance.close();
  }
}

async function verifyAll(head: KnownHead | undefined): Promise<boolean> {
  const principal = systemPrincipal("command", {
    id: "audit:verify",
    ip: null,
    userAgent: null,
    baseUrl: "",
  });
  let entries = 0;
  for (let next: number | null = 1; next !== null; ) {
    const part = await verifySeals(principal, { fromSeal: next, head });
    entries += part.entries;
    if (part.fault) {
      say(`BROKEN at seal ${part.fault.seal}: ${part.fault.detail}`);
      say(`${counted(entries)} before it are intact.`);
      return false;
    }
    next = part.next_seal;
    if (next !== null && process.stderr.isTTY) process.stderr.write(`\r${counted(entries)} proven …`);
  }
  const { seal, to_id, sealed_at, hash, unsealed } = await findHead(principal);
  say(
    `Intact: ${counted(entries)} under ${seal} ${seal === 1 ? "seal" : "seals"}, up to entry ${to_id}, sealed ${sealed_at ?? "never"}.`,
  );
  say(`Head: ${hash}${head ? ", and the head that was kept is in the chain" : ""}.`);
  const orMore = unsealed >= mostUnsealedCounted ? " or more" : "";
  if (unsealed > 0) say(`${counted(unsealed)}${orMore} wait for a seal and are not proven.`);
  return true;
}

/** @throws EnvError when the file isn't one that `npm run audit:head` wrote */
async function readHead(args: string[]): Promise<KnownHead | undefined> {
  const [option, file] = args;
  if (option === undefined) return undefined;
  if (option !== "--head" || file === undefined)
    throw new EnvError("audit:verify takes --head FILE, a file that npm run audit:head wrote, or nothing.");
  const content = await readFile(file, "utf8").catch(() => {
    throw new EnvError(`--head: got ${file}, which can't be read.`);
  });
  try {
    const { head } = verifyAudit.body.parse({ head: JSON.parse(content) });
    if (head) return head;
  } catch {
    // Told below.
  }
  throw new EnvError(`--head: got ${file}, takes a file that npm run audit:head wrote.`);
}

function counted(entries: number): string {
  return `${entries.toLocaleString("en")} ${entries === 1 ? "entry" : "entries"}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function messageOf(error: unknown): string {
  if (error instanceof EnvError || error instanceof EmbeddedDatabaseError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
