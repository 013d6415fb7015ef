import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { days, setClock } from "@/lib/clock";
import { changeToken } from "@/lib/tokens/change-token";
import { issueToken } from "@/lib/tokens/issue-token";
import { verifyToken } from "@/lib/tokens/verify-token";

openTestInstance();

let restoreClock = () => {};
afterEach(() => restoreClock());

const issue = (principal: Principal, owner: Principal, name = "t") =>
  issueToken(principal, { user_id: idOf(owner), name, expires_in_days: 1, scim: false });
const actionsOn = async (id: number) =>
  (await db().select().from(auditEvents).where(eq(auditEvents.targetId, id)))
    .filter(({ targetType }) => targetType === "token")
    .map(({ action }) => action);

describe("revoking and restoring (T6)", () => {
  it("stops the token and brings it back; twice is once", async () => {
    const { id, bearer_token } = await issue(system(), await service("Member"));
    for (let times = 0; times < 2; times++)
      expect(await changeToken(system(), id, { revoke: true })).toMatchObject({
        status: "revoked",
        active: false,
      });
    expect(await verifyToken(bearer_token)).toMatchObject({ refusal: "revoked" });
    for (let times = 0; times < 2; times++)
      expect(await changeToken(system(), id, { revoke: false })).toMatchObject({
        status: "expiring",
        revoked_at: null,
      });
    expect(await verifyToken(bearer_token)).toHaveProperty("user");
    expect(await actionsOn(id)).toEqual(["token.created", "token.revoked", "token.restored"]);
  });

  it("does not restore a token that expired meanwhile (409)", async () => {
    const { id } = await issue(system(), await service("Member"));
    await changeToken(system(), id, { revoke: true });
    restoreClock = setClock(() => new Date(Date.now() + days(2)));
    expect(await problemOf(changeToken(system(), id, { revoke: false }))).toMatchObject({
      status: 409,
      code: "token_expired",
    });
  });

  it("is its person's and an Admin's act; to others the token isn't there (T9)", async () => {
    const [owner, other, admin] = [await person("Member"), await person("Manager"), await person("Admin")];
    const mine = await issue(owner, owner);
    expect(await problemOf(changeToken(other, mine.id, { revoke: true }))).toMatchObject({ status: 404 });
    expect(await changeToken(owner, mine.id, { revoke: true })).toMatchObject({ status: "revoked" });
    expect(await changeToken(admin, mine.id, { revoke: false })).toMatchObject({ active: true });
    const account = await service("Member");
    const its = await issue(admin, account);
    expect(await problemOf(changeToken(account, its.id, { revoke: true }))).toMatchObject({ status: 404 });
    expect(await problemOf(changeToken(admin, 999_999, { revoke: true }))).toMatchObject({ status: 404 });
  });
});

it("renames, unless the account has a token of that name (T1)", async () => {
  const account = await service("Member");
  const { id } = await issue(system(), account, "old");
  await issue(system(), account, "taken");
  expect(await problemOf(changeToken(system(), id, { name: "TAKEN" }))).toMatchObject({
    status: 409,
    fields: ["name"],
  });
  expect(await changeToken(system(), id, { name: "new" })).toMatchObject({ name: "new" });
  expect(await actionsOn(id)).toEqual(["token.created", "token.renamed"]);
});
