import { eq } from "drizzle-orm";
import { afterEach, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { idempotencyKeys, tokens } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { hours, minutes, setClock } from "@/lib/clock";
import { forgetOldAnswers } from "@/lib/idempotency/create-once";
import { createToken } from "@/lib/tokens/contract";
import { issueToken } from "@/lib/tokens/issue-token";

openTestInstance();

const longKey = "0123456789abcdefghijklmnopqrstuvwxyz";
let restoreClock = () => {};
afterEach(() => restoreClock());
const later = (ms: number) => {
  restoreClock = setClock(() => new Date(Date.now() + ms));
};

async function setting() {
  return { admin: await person("Admin"), account: await service("Member") };
}

/** Issues a token as a request with this Idempotency-Key would. */
function issue(admin: Principal, account: Principal, key: string, name = "once") {
  const body = createToken.body.parse({ name, user_id: account.user.id, expires_in_days: 30 });
  const idempotency = {
    key,
    method: "POST",
    path: "/api/user-tokens",
    body: JSON.stringify(body),
    replayed: false,
  };
  const principal = { ...admin, request: { ...admin.request, idempotency } };
  return { claim: idempotency, answer: issueToken(principal, body) };
}

const countOf = async (account: Principal) => db().$count(tokens, eq(tokens.userId, idOf(account)));

it("a repeat gets the first answer again, secret included", async () => {
  const { admin, account } = await setting();
  const first = await issue(admin, account, longKey).answer;
  const second = issue(admin, account, longKey);
  expect(await second.answer).toEqual(first);
  expect(second.claim.replayed).toBe(true);
  expect(await countOf(account)).toBe(1);
});

it("twins at once make one token and get the same answer", async () => {
  const { admin, account } = await setting();
  const answers = await Promise.all([1, 2, 3, 4].map(() => issue(admin, account, longKey).answer));
  expect(new Set(answers.map(({ bearer_token }) => bearer_token)).size).toBe(1);
  expect(await countOf(account)).toBe(1);
});

it("the same key with another body is refused (422)", async () => {
  const { admin, account } = await setting();
  await issue(admin, account, longKey).answer;
  expect(await problemOf(issue(admin, account, longKey, "other").answer)).toMatchObject({
    code: "idempotency_key_reused",
    status: 422,
  });
});

it("another principal's key is another key", async () => {
  const { admin, account } = await setting();
  await issue(admin, account, longKey).answer;
  const other = await issue(await person("Admin"), account, longKey, "other").answer;
  expect(other.name).toBe("other");
});

it("failures are not kept", async () => {
  const { admin, account } = await setting();
  await issue(admin, account, "x".repeat(40), "taken").answer;
  expect(await problemOf(issue(admin, account, longKey, "taken").answer)).toMatchObject({
    code: "name_taken",
  });
  await db()
    .delete(tokens)
    .where(eq(tokens.userId, idOf(account)));
  expect(await issue(admin, account, longKey, "taken").answer).toMatchObject({ name: "taken" });
});

it("a key under 32 characters seals nothing: the repeat is told what exists (409)", async () => {
  const { admin, account } = await setting();
  const { id } = await issue(admin, account, "short").answer;
  const refusal = await problemOf(issue(admin, account, "short").answer);
  expect(refusal).toMatchObject({ code: "already_created", status: 409 });
  expect(refusal.message).toContain(`The token "once" (${id}) exists already.`);
});

it("after 10 minutes the answer is gone, also from the database; after 24 hours the key", async () => {
  const { admin, account } = await setting();
  await issue(admin, account, longKey).answer;
  later(minutes(10) + 1000);
  expect(await problemOf(issue(admin, account, longKey).answer)).toMatchObject({ code: "already_created" });
  await transaction(forgetOldAnswers);
  const kept = await db()
    .select()
    .from(idempotencyKeys)
    .where(eq(idempotencyKeys.principalId, idOf(admin)));
  expect(kept.map(({ sealedAnswer }) => sealedAnswer)).toEqual([null]);

  restoreClock();
  later(hours(24) + 1000);
  await db()
    .delete(tokens)
    .where(eq(tokens.userId, idOf(account)));
  const again = issue(admin, account, longKey);
  expect(await again.answer).toMatchObject({ name: "once" });
  expect(again.claim.replayed).toBe(false);
});

it("the database holds neither the key nor anything that opens the answer", async () => {
  const { admin, account } = await setting();
  const { bearer_token } = await issue(admin, account, longKey).answer;
  const rows = await db().select().from(idempotencyKeys);
  const bytes = rows.flatMap((row) => [row.keyHash, row.requestHash, row.sealedAnswer ?? Buffer.alloc(0)]);
  for (const secret of [longKey, bearer_token.slice(7)]) {
    expect(bytes.some((value) => value.includes(secret))).toBe(false);
    expect(JSON.stringify(rows.map(({ created, path }) => ({ created, path })))).not.toContain(secret);
  }
});
