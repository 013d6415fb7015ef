import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { type Principal, systemPrincipal } from "@/lib/access/principal";
import { EnvError, env } from "@/lib/env";
import { Problem } from "@/lib/errors";
import { ownAddress } from "@/lib/http/own-address";
import { openInstance } from "@/server/open-instance";

/**
 * Runs a command, and ends the process with the status that it returns. What it throws is told on standard error, in one
 * line where it was to be expected, and ends the process with `failed`.
 */
export function runCommand(command: () => Promise<number>, failed = 1): void {
  command().then(
    (status) => process.exit(status),
    (error: unknown) => {
      process.stderr.write(`${messageOf(error)}\n`);
      process.exit(failed);
    },
  );
}

/** Lets a command, which the audit knows by its name, act as Latchkey itself; also beside a server that runs. */
export async function onInstance<T>(name: string, act: (principal: Principal) => Promise<T>): Promise<T> {
  const { host, port, publicUrl } = env();
  const instance = await openInstance((line) => process.stderr.write(`${line}\n`), { join: true });
  try {
    const baseUrl = publicUrl ?? ownAddress(host, port);
    return await act(systemPrincipal("command", { id: name, ip: null, userAgent: null, baseUrl }));
  } finally {
    await instance.close();
  }
}

function messageOf(error: unknown): string {
  if (error instanceof EnvError || error instanceof EmbeddedDatabaseError || error instanceof Problem)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
