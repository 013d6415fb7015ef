import { and, eq, gt } from "drizzle-orm";
import { transaction } from "@/db/client";
import { passwordLinks, signIns, users } from "@/db/schema";
import type { RequestOrigin } from "@/lib/access/principal";
import { record } from "@/lib/audit/record";
import { now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import type { Output } from "@/lib/http/endpoint";
import type { passwordByLink, signIn } from "@/lib/sign-in/contract";
import { setPassword } from "@/lib/sign-in/credentials";
import { hashOneTimeCode } from "@/lib/sign-in/one-time-code";

/**
 * Sets the password of the person that a one-time link was made for; the link is used up, their sessions end.
 * @throws Problem `link_used_up` (410) for a code that is unknown, used or older than 72 hours
 */
export async function setPasswordThroughLink(
  request: RequestOrigin,
  input: Output<typeof passwordByLink>,
): Promise<Output<typeof signIn.answer>> {
  return transaction(async (tx) => {
    const [link] = await tx
      .delete(passwordLinks)
      .where(and(eq(passwordLinks.codeHash, hashOneTimeCode(input.code)), gt(passwordLinks.expiresAt, now())))
      .returning({ userId: passwordLinks.userId });
    const [person] = link
      ? await tx
          .select({ id: users.id, userId: users.userId, name: users.name, email: signIns.email })
          .from(signIns)
          .innerJoin(users, eq(users.id, signIns.id))
          .where(and(eq(signIns.id, link.userId), eq(users.active, true)))
      : [];
    if (!person)
      throw new Problem("link_used_up", "This link is no longer valid. Ask an administrator for a new one.");

    await setPassword(tx, person.id, input.password);
    await record(tx, { user: person, request }, "password.changed", {
      target: { type: "user", id: person.id, name: person.userId },
      after: { password: "changed" },
    });
    return { id: person.id, name: person.name, email: person.email };
  });
}
