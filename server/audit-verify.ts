import { readFile } from "node:fs/promises";
import type { Principal } from "@/lib/access/principal";
import { type KnownHead, verifyAudit } from "@/lib/audit/contract";
import { findHead, mostUnsealedCounted } from "@/lib/audit/seals";
import { verifySeals } from "@/lib/audit/verify-seals";
import { EnvError } from "@/lib/env";
import { onInstance, runCommand } from "@/server/command";

/*
 * npm run audit:verify [-- --head FILE]: proves the seals over the audit, or names the first entry that was touched.
 * Ends with status 0 when all is intact, 1 when it isn't, 2 when it couldn't be found out.
 */

runCommand(async () => {
  const head = await readHead(process.argv.slice(2));
  const intact = await onInstance("audit:verify", (principal) => verifyAll(principal, head));
  return intact ? 0 : 1;
}, 2);

async function verifyAll(principal: Principal, head: KnownHead | undefined): Promise<boolean> {
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
