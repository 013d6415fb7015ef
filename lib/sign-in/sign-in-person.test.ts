import { desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, type Transaction, transaction } from "@/db/client";
import { auditEvents, sessions, users } from "@/db/schema";
import {
  openTestInstance,
  problemOf,
  system,
  testRequest,
  untilSomebodyWaits,
} from "@/e2e/database/instance";
import { insertAdministrator } from "@/lib/sign-in/insert-administrator";
import { signInPerson } from "@/lib/sign-in/sign-in-person";

openTestInstance();

const password = "a long enough password";

/** What becomes of a sign-in that comes while somebody else holds the account, and does this to it. */
async function signInBeside(email: string, act: (tx: Transaction, id: number) => Promise<unknown>) {
  const { id } = await transaction((tx) =>
    insertAdministrator(tx, system(), { name: "Ann", email, password }),
  );
  let refusal: ReturnType<typeof problemOf> | undefined;
  await transaction(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for("update");
    refusal = problemOf(signInPerson(testRequest, { email, password }));
    await untilSomebodyWaits();
    await act(tx, id);
  });
  return { refusal: await refusal, sessions: await db().$count(sessions, eq(sessions.userId, id)) };
}

describe("signing in beside", () => {
  it("a deactivation leaves no session that would come back with the account (A6)", async () => {
    const outcome = await signInBeside("leaving@example.com", async (tx, id) => {
      await tx.update(users).set({ active: false }).where(eq(users.id, id));
      await tx.delete(sessions).where(eq(sessions.userId, id));
    });
    expect(outcome).toMatchObject({ refusal: { code: "sign_in_failed" }, sessions: 0 });
  });

  it("a deletion waits for it, not both for each other", async () => {
    const outcome = await signInBeside("gone@example.com", (tx, id) =>
      tx.delete(users).where(eq(users.id, id)),
    );
    expect(outcome).toMatchObject({ refusal: { code: "sign_in_failed" }, sessions: 0 });
  });
});

it.each([
  ["stranger@example.com", "stranger@example.com"],
  ["correct horse battery staple", "not an e-mail address"],
  ["lk_svc_0123456789", "not an e-mail address"],
])(
  "of a refused sign-in as %j the audit tells %j: it may be a secret in the wrong field",
  async (typed, told) => {
    await problemOf(signInPerson(testRequest, { email: typed, password }));
    const [last] = await db().select().from(auditEvents).orderBy(desc(auditEvents.id)).limit(1);
    expect(last).toMatchObject({ action: "session.refused", after: { email: told } });
  },
);
