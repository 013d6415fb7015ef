import { EmbeddedDatabaseError } from "@/db/embedded/errors";
import { systemPrincipal } from "@/lib/access/principal";
import { EnvError, env } from "@/lib/env";
import { Problem } from "@/lib/errors";
import { ownAddress } from "@/lib/http/own-address";
import { createPasswordLink } from "@/lib/sign-in/create-password-link";
import { openInstance } from "@/server/open-instance";

/*
 * For when nobody can get in: prints a one-time link by which the person with this e-mail sets a new password.
 */

reset(process.argv[2]).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  },
);

async function reset(email: string | undefined): Promise<void> {
  if (!email) throw new EnvError("Say whose password: npm run admin:reset -- name@example.com");
  const { host, port, publicUrl } = env();
  const baseUrl = publicUrl ?? ownAddress(host, port);
  const instance = await openInstance((line) => process.stderr.write(`${line}\n`), { join: true });
  try {
    const request = { id: "admin:reset", ip: null, userAgent: null, baseUrl };
    const link = await createPasswordLink(systemPrincipal("command", request), { email });
    process.stdout.write(`A new password is set here, once, until ${link.expires_at}:\n  ${link.url}\n`);
  } finally {
    await instance.close();
  }
}

function messageOf(error: unknown): string {
  if (error instanceof EnvError || error instanceof EmbeddedDatabaseError || error instanceof Problem)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
