import { EnvError } from "@/lib/env";
import { createPasswordLink } from "@/lib/sign-in/create-password-link";
import { onInstance, runCommand } from "@/server/command";

/*
 * For when nobody can get in: prints a one-time link by which the person with this e-mail sets a new password.
 */

runCommand(async () => {
  const email = process.argv[2];
  if (!email) throw new EnvError("Say whose password: npm run admin:reset -- name@example.com");
  const link = await onInstance("admin:reset", (principal) => createPasswordLink(principal, { email }));
  process.stdout.write(`A new password is set here, once, until ${link.expires_at}:\n  ${link.url}\n`);
  return 0;
});
