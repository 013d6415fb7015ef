import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { systemPrincipal } from "@/lib/access/principal";
import { findHead } from "@/lib/audit/seals";
import { EnvError } from "@/lib/env";
import { openInstance } from "@/server/open-instance";

/*
 * npm run -s audit:head > head.json: where the chain of seals ends, to be kept where nobody who could alter the database
 * can reach it. `npm run audit:verify -- --head head.json` compares with it later.
 */

printHead().then(
  () => process.exit(0),
  (error: unknown) => {
    const isExpected = error instanceof EnvError || error instanceof EmbeddedDatabaseError;
    process.stderr.write(
      `${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(1);
  },
);

async function printHead(): Promise<void> {
  const instance = await openInstance((line) => process.stderr.write(`${line}\n`), { join: true });
  try {
    const request = { id: "audit:head", ip: null, userAgent: null, baseUrl: "" };
    const head = await findHead(systemPrincipal("command", request));
    process.stdout.write(`${JSON.stringify(head, null, 2)}\n`);
  } finally {
    await instance.close();
  }
}
