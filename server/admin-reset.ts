import { eq } from "drizzle-orm";
import { transaction } from "@/db/client";
import { EmbeddedDatabaseError } from "@/db/embedded/database";
import { signIns, users } from "@/db/schema";
import { systemPrincipal } from "@/lib/access/principal";
import { EnvError, env } from "@/lib/env";
import { insertPasswordLink } from "@/lib/sign-in/insert-password-link";
import { openInstance } from "@/server/open-instance";

/*
 * For when nobody can get in: prints a one-time link by which the person with this e-mail sets a new password.
 */

reset(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const expected = error instanceof EnvError || error instanceof EmbeddedDatabaseError;
    process.stderr.write(`${expected ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  },
);

async function reset(email: string | undefined): Promise<number> {
  if (!email) {
    process.stderr.write("Say whose: npm run admin:reset -- name@example.com\n");
    return 1;
  }
  const instance = await openInstance((line) => process.stderr.write(`${line}\n`), { join: true });
  try {
    const link = await makeLink(email.trim().toLowerCase());
    if (!link) {
      process.stderr.write(`Nobody signs in as ${email}.\n`);
      return 1;
    }
    process.stdout.write(`A new password is set here, once, until ${link.expires_at}:\n  ${link.url}\n`);
    return 0;
  } finally {
    await instance.close();
  }
}

function makeLink(email: string) {
  const { host, port, publicUrl } = env();
  const principal = systemPrincipal("command", {
    id: "admin:reset",
    ip: null,
    userAgent: null,
    baseUrl: publicUrl ?? `http://${host}:${port}`,
  });
  return transaction(async (tx) => {
    const [person] = await tx
      .select({ id: users.id, userId: users.userId })
      .from(signIns)
      .innerJoin(users, eq(users.id, signIns.id))
      .where(eq(signIns.email, email));
    return person && insertPasswordLink(tx, principal, person);
  });
}
