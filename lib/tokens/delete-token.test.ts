import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { days, setClock } from "@/lib/clock";
import { changeToken } from "@/lib/tokens/change-token";
import { changeTokens } from "@/lib/tokens/change-tokens";
import { deleteTokens } from "@/lib/tokens/contract";
import { deleteToken } from "@/lib/tokens/delete-token";
import { findToken } from "@/lib/tokens/find-tokens";
import { issueToken } from "@/lib/tokens/issue-token";
import { verifyToken } from "@/lib/tokens/verify-token";

openTestInstance();

let restoreClock = () => {};
afterEach(() => restoreClock());

const issue = (owner: Principal, by: Principal = system(), name = "t") =>
  issueToken(by, { user_id: idOf(owner), name, expires_in_days: 1, scim: false });
const actionsOn = async (id: number) =>
  (await db().select().from(auditEvents).where(eq(auditEvents.targetId, id)))
    .filter(({ targetType }) => targetType === "token")
    .map(({ action }) => action);

describe("deleting a token (T6)", () => {
  it("is refused before it is revoked (409)", async () => {
    const { id, bearer_token } = await issue(await service("Member"));
    expect(await problemOf(deleteToken(system(), id))).toMatchObject({
      status: 409,
      code: "token_not_revoked",
    });
    expect(await verifyToken(bearer_token)).toHaveProperty("user");
  });

  it("an expired one is revoked first, too", async () => {
    const { id } = await issue(await service("Member"));
    restoreClock = setClock(() => new Date(Date.now() + days(2)));
    expect(await problemOf(deleteToken(system(), id))).toMatchObject({ code: "token_not_revoked" });
    await changeToken(system(), id, { revoke: true });
    await deleteToken(system(), id);
  });

  it("is final: the token is unknown, its name free, the audit remembers it", async () => {
    const account = await service("Member");
    const { id, bearer_token, name } = await issue(account);
    await changeToken(system(), id, { revoke: true });
    await deleteToken(system(), id);
    expect(await verifyToken(bearer_token)).toEqual({ refusal: "unknown" });
    expect(await problemOf(findToken(system(), id))).toMatchObject({ status: 404 });
    expect(await problemOf(deleteToken(system(), id))).toMatchObject({ status: 404 });
    expect(await problemOf(changeToken(system(), id, { revoke: false }))).toMatchObject({ status: 404 });
    expect(await issue(account)).toMatchObject({ name });
    expect(await actionsOn(id)).toEqual(["token.created", "token.revoked", "token.deleted"]);
  });

  it("is its person's and an Admin's act; to others the token isn't there (T9)", async () => {
    const [owner, other] = [await person("Member"), await person("Manager")];
    const { id } = await issue(owner, owner);
    await changeToken(owner, id, { revoke: true });
    expect(await problemOf(deleteToken(other, id))).toMatchObject({ status: 404 });
    await deleteToken(owner, id);
  });
});

describe("many at once", () => {
  it("reports each on its own, once, in the order asked", async () => {
    const account = await service("Member");
    const revoked = await issue(account, system(), "revoked");
    const active = await issue(account, system(), "active");
    await changeToken(system(), revoked.id, { revoke: true });
    const { items } = await changeTokens(system(), "delete", [active.id, revoked.id, 999_999, active.id]);
    expect(items.map(({ id, done, problem }) => [id, done, problem?.code ?? null])).toEqual([
      [active.id, false, "token_not_revoked"],
      [revoked.id, true, null],
      [999_999, false, "not_found"],
    ]);
    expect(items[0]?.problem?.detail).toContain('"active" is not revoked');
    expect(await verifyToken(active.bearer_token)).toHaveProperty("user");
  });

  it("revokes, each with its audit entry; what was revoked before is done and leaves none", async () => {
    const account = await service("Member");
    const made = await Promise.all(["a", "b"].map((name) => issue(account, system(), name)));
    await changeToken(system(), made[0]?.id ?? 0, { revoke: true });
    const { items } = await changeTokens(
      system(),
      "revoke",
      made.map(({ id }) => id),
    );
    expect(items.every(({ done }) => done)).toBe(true);
    for (const { id } of made) expect(await actionsOn(id)).toEqual(["token.created", "token.revoked"]);
  });

  it("touches nobody else's", async () => {
    const [one, other] = [await person("Member"), await person("Member")];
    const { id, bearer_token } = await issue(one, one);
    const { items } = await changeTokens(other, "revoke", [id]);
    expect(items).toMatchObject([{ done: false, problem: { status: 404 } }]);
    expect(await verifyToken(bearer_token)).toHaveProperty("user");
  });

  it.each([[[]], [Array.from({ length: 101 }, (_, index) => index + 1)], [["1"]], [undefined]])(
    "refuses %j for ids (422)",
    (ids) => {
      expect(deleteTokens.body.safeParse({ ids }).error?.issues[0]?.path[0]).toBe("ids");
    },
  );
});
