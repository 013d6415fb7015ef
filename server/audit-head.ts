import { findHead } from "@/lib/audit/seals";
import { onInstance, runCommand } from "@/server/command";

/*
 * npm run -s audit:head > head.json: where the chain of seals ends, to be kept where nobody who could alter the database
 * can reach it. `npm run audit:verify -- --head head.json` compares with it later.
 */

runCommand(async () => {
  process.stdout.write(`${JSON.stringify(await onInstance("audit:head", findHead), null, 2)}\n`);
  return 0;
});
