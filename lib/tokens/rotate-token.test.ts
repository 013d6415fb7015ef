import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents, tokens, users } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { days, hours, now, setClock } from "@/lib/clock";
import { changeToken } from "@/lib/tokens/change-token";
import { rotateToken as endpoint } from "@/lib/tokens/contract";
import { deleteToken } from "@/lib/tokens/delete-token";
import { findToken } from "@/lib/tokens/find-tokens";
import { issueToken } from "@/lib/tokens/issue-token";
import { rotateToken } from "@/lib/tokens/rotate-token";
import { verifyToken } from "@/lib/tokens/verify-token";

openTestInstance();

let restoreClock = () => {};
afterEach(() => restoreClock());
const later = (ms: number) => {
  const moment = new Date(Date.now() + ms);
  restoreClock = setClock(() => moment);
};

const issue = (owner: Principal, fields: Record<string, unknown> = {}, by: Principal = system()) =>
  issueToken(by, {
    user_id: idOf(owner),
    name: "nightly",
    expires_in_days: 90,
    scim: false,
    ...fields,
  });
const rotate = (id: number, fields: Record<string, unknown> = {}, by: Principal = system()) =>
  rotateToken(by, id, endpoint.body.parse({ expires_in_days: 365, ...fields }));
const entriesOn = async (id: number) =>
  (await db().select().from(auditEvents).where(eq(auditEvents.targetId, id))).filter(
    ({ targetType }) => targetType === "token",
  );

describe("rotating a token (T7)", () => {
  it("makes a successor; both work until the overlap of 24 hours is over", async () => {
    const old = await issue(await service("Editor"));
    const successor = await rotate(old.id);
    expect(successor).toMatchObject({
      name: "nightly-2",
      user: old.user,
      replaces: { id: old.id, name: "nightly" },
    });
    const shown = await findToken(system(), old.id);
    expect(shown).toMatchObject({
      status: "active",
      revoked_at: null,
      replaced_by: { id: successor.id, name: "nightly-2" },
    });
    const overlap = Date.parse(shown.retires_at ?? "") - Date.now();
    expect(Math.abs(overlap - hours(24))).toBeLessThan(60_000);
    for (const { bearer_token } of [old, successor])
      expect(await verifyToken(bearer_token)).toHaveProperty("user");

    later(hours(24) + 1_000);
    expect(await verifyToken(old.bearer_token)).toEqual({ refusal: "revoked", tokenId: old.id });
    expect(await verifyToken(successor.bearer_token)).toHaveProperty("user");
    expect(await findToken(system(), old.id)).toMatchObject({
      status: "revoked",
      active: false,
      revoked_reason: "rotated",
      revoked_at: shown.retires_at,
    });
  });

  it("keeps the SCIM flag, takes a name, and records both", async () => {
    const old = await issue(await service("Admin"), { scim: true });
    const successor = await rotate(old.id, { name: "directory" });
    expect(successor).toMatchObject({ scim: true, name: "directory" });
    expect(successor.bearer_token).toMatch(/^lk_scim_/);
    expect((await entriesOn(successor.id)).map(({ action }) => action)).toEqual(["token.created"]);
    const [, rotated] = await entriesOn(old.id);
    expect(rotated).toMatchObject({
      action: "token.rotated",
      after: { replaced_by: { id: successor.id, name: "directory" } },
    });
    expect(JSON.stringify(await entriesOn(successor.id))).not.toContain(successor.bearer_token.slice(8));
  });

  it("ends the old one at once with an overlap of 0", async () => {
    const old = await issue(await service("Member"));
    const successor = await rotate(old.id, { overlap_hours: 0 });
    expect(await verifyToken(old.bearer_token)).toMatchObject({ refusal: "revoked" });
    expect(await verifyToken(successor.bearer_token)).toHaveProperty("user");
  });

  it("never lets the old one live past its own expiry", async () => {
    const old = await issue(await service("Member"), { expires_in_days: 1 });
    await rotate(old.id, { overlap_hours: 720 });
    expect((await findToken(system(), old.id)).retires_at).toBe(old.expiration);
  });

  it("skips numbers that are taken, and refuses a name that is (409)", async () => {
    const account = await service("Member");
    const old = await issue(account);
    await issue(account, { name: "Nightly-2" });
    expect(await problemOf(rotate(old.id, { name: "NIGHTLY-2" }))).toMatchObject({
      status: 409,
      fields: ["name"],
    });
    expect(await verifyToken(old.bearer_token)).toHaveProperty("user");
    expect((await findToken(system(), old.id)).retires_at).toBeNull();
    expect(await rotate(old.id)).toMatchObject({ name: "nightly-3" });
  });

  it.each([-1, 721, 1.5, "24", null])("refuses an overlap of %j hours (422)", (overlap_hours) => {
    const result = endpoint.body.safeParse({ expires_in_days: 1, overlap_hours });
    expect(result.error?.issues[0]).toMatchObject({
      path: ["overlap_hours"],
      message: "Must be a whole number of hours from 0 to 720.",
    });
  });

  it("gives names of their own to the successors of two tokens that rotate at once", async () => {
    for (let round = 0; round < 5; round++) {
      const owner = await service("Editor");
      const old = [await issue(owner), await issue(owner, { name: "nightly-2" })];
      const successors = await Promise.all(old.map(({ id }) => rotate(id)));
      expect(successors.map(({ name }) => name).sort()).toEqual(["nightly-3", "nightly-4"]);
    }
  });

  it("must be told how long the successor lives (422)", () => {
    expect(endpoint.body.safeParse({}).error?.issues[0]?.path).toEqual(["expires_in_days"]);
    expect(endpoint.body.safeParse({ expires_in_days: null }).success).toBe(true);
  });

  it("refuses a revoked, an expired and a rotated token (409)", async () => {
    const revoked = await issue(await service("Member"));
    await changeToken(system(), revoked.id, { revoke: true });
    expect(await problemOf(rotate(revoked.id))).toMatchObject({ status: 409, code: "token_revoked" });

    const rotated = await issue(await service("Member"));
    await rotate(rotated.id);
    expect(await problemOf(rotate(rotated.id))).toMatchObject({ status: 409, code: "already_rotated" });

    const expired = await issue(await service("Member"), { expires_in_days: 1 });
    later(days(1));
    expect(await problemOf(rotate(expired.id))).toMatchObject({ status: 409, code: "token_expired" });
  });

  it("refuses the token of a deactivated account (409)", async () => {
    const account = await service("Member");
    const old = await issue(account);
    await db()
      .update(users)
      .set({ active: false })
      .where(eq(users.id, idOf(account)));
    expect(await problemOf(rotate(old.id))).toMatchObject({ status: 409, code: "account_inactive" });
  });

  it("of two at once one succeeds, the other is refused (409)", async () => {
    const account = await service("Member");
    const old = await issue(account);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => rotate(old.id)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "already_rotated" });
    expect(await db().$count(tokens, eq(tokens.userId, idOf(account)))).toBe(2);
  });

  it("rotates again from the successor; deleting the old one leaves the new", async () => {
    const old = await issue(await service("Member"));
    const second = await rotate(old.id, { overlap_hours: 0 });
    expect(await rotate(second.id)).toMatchObject({ name: "nightly-3", replaces: { id: second.id } });
    await deleteToken(system(), old.id);
    expect(await findToken(system(), second.id)).toMatchObject({ replaces: null, status: "active" });
  });
});

describe("a rotation whose answer was lost", () => {
  const key = "0123456789abcdefghijklmnopqrstuvwxyz";
  const keyed = (principal: Principal, id: number, expires_in_days = 365) => {
    const body = endpoint.body.parse({ expires_in_days });
    const claim = {
      key,
      method: "POST",
      path: `/api/user-tokens/${id}/rotation`,
      body: JSON.stringify(body),
      replayed: false,
    };
    return {
      claim,
      answer: rotateToken({ ...principal, request: { ...principal.request, idempotency: claim } }, id, body),
    };
  };

  it("is repeated with the same new token, which it never kills", async () => {
    const [admin, account] = [await person("Admin"), await service("Member")];
    const old = await issue(account);
    const first = await keyed(admin, old.id).answer;
    const end = (await findToken(admin, old.id)).retires_at;
    for (let times = 0; times < 2; times++) {
      const repeat = keyed(admin, old.id);
      expect(await repeat.answer).toEqual(first);
      expect(repeat.claim.replayed).toBe(true);
    }
    expect(await verifyToken(first.bearer_token)).toHaveProperty("user");
    expect(await findToken(admin, old.id)).toMatchObject({ retires_at: end });
    expect(await db().$count(tokens, eq(tokens.userId, idOf(account)))).toBe(2);
  });

  it("is one rotation for twins that come at once", async () => {
    const [admin, account] = [await person("Admin"), await service("Member")];
    const old = await issue(account);
    const answers = await Promise.all([1, 2, 3].map(() => keyed(admin, old.id).answer));
    expect(new Set(answers.map(({ bearer_token }) => bearer_token)).size).toBe(1);
  });

  it("is another request with another body (422), and nobody else's to repeat", async () => {
    const [admin, other] = [await person("Admin"), await person("Member")];
    const old = await issue(await service("Member"));
    await keyed(admin, old.id).answer;
    expect(await problemOf(keyed(admin, old.id, 30).answer)).toMatchObject({
      code: "idempotency_key_reused",
    });
    expect(await problemOf(keyed(other, old.id).answer)).toMatchObject({ status: 404 });
  });
});

describe("who may rotate (T9)", () => {
  it("people their Personal tokens, and nobody else does it for them", async () => {
    const [owner, other, admin] = [await person("Member"), await person("Manager"), await person("Admin")];
    const mine = await issue(owner, {}, owner);
    expect(await problemOf(rotate(mine.id, {}, other))).toMatchObject({ status: 404 });
    expect(await problemOf(rotate(mine.id, {}, admin))).toMatchObject({ status: 403 });
    expect(await rotate(mine.id, {}, owner)).toMatchObject({
      type: "Personal",
      bearer_token: expect.stringMatching(/^lk_pat_/),
    });
  });

  it("Admins the tokens of service accounts", async () => {
    const account = await service("Member");
    const its = await issue(account);
    expect(await problemOf(rotate(its.id, {}, await person("Manager")))).toMatchObject({ status: 404 });
    expect(await problemOf(rotate(its.id, {}, account))).toMatchObject({ status: 404 });
    expect(await rotate(its.id, {}, await person("Admin"))).toMatchObject({ type: "Service" });
  });
});

describe("revoking and restoring inside an overlap", () => {
  it("a restore leaves the end of the overlap standing", async () => {
    const old = await issue(await service("Member"));
    await rotate(old.id);
    const { retires_at } = await findToken(system(), old.id);
    expect(await changeToken(system(), old.id, { revoke: true })).toMatchObject({
      status: "revoked",
      revoked_reason: "revoked",
    });
    expect(await changeToken(system(), old.id, { revoke: false })).toMatchObject({
      active: true,
      retires_at,
    });
    later(hours(25));
    expect(await verifyToken(old.bearer_token)).toMatchObject({ refusal: "revoked" });
  });

  it("a token retired by its rotation lives again when restored, until its own expiry", async () => {
    const old = await issue(await service("Member"));
    const successor = await rotate(old.id);
    later(hours(25));
    expect(await changeToken(system(), old.id, { revoke: false })).toMatchObject({
      active: true,
      retires_at: null,
      replaced_by: { id: successor.id },
    });
    expect(await verifyToken(old.bearer_token)).toHaveProperty("user");
    expect(await problemOf(rotate(old.id))).toMatchObject({ code: "already_rotated" });
    expect(now().getTime()).toBeGreaterThan(Date.now());
  });
});
