import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { tokens, users } from "@/db/schema";
import { idOf, openTestInstance, person, problemOf, service, system } from "@/e2e/database/instance";
import type { Principal } from "@/lib/access/principal";
import { createToken } from "@/lib/tokens/contract";
import { findServiceTokens, findToken, findTokens } from "@/lib/tokens/find-tokens";
import { hashToken } from "@/lib/tokens/format";
import { issueToken } from "@/lib/tokens/issue-token";

openTestInstance();

const issue = (principal: Principal, owner: Principal, fields: Record<string, unknown> = {}) =>
  issueToken(
    principal,
    createToken.body.parse({ name: "a token", user_id: idOf(owner), expires_in_days: 30, ...fields }),
  );
const page = { page: 1, size: 100, sort: "-created_at" } as const;

describe("issuing a token", () => {
  it("answers the secret once; only its HMAC and last four characters are kept (T4)", async () => {
    const account = await service("Editor");
    const { id, bearer_token } = await issue(system(), account);
    expect(bearer_token).toMatch(/^lk_svc_/);
    const [row] = await db().select().from(tokens).where(eq(tokens.id, id));
    expect(row?.hash.equals(hashToken(bearer_token))).toBe(true);
    expect(row?.lastFour).toBe(bearer_token.slice(-4));
    expect(JSON.stringify(row)).not.toContain(bearer_token.slice(7, -4));
    expect(JSON.stringify(await findToken(system(), id))).not.toContain(bearer_token.slice(7, -4));
  });

  it("expires after whole days, to the second, or never (T2)", async () => {
    const account = await service("Editor");
    const before = Date.now();
    const { expiration } = await issue(system(), account, { name: "days", expires_in_days: 365 });
    expect(expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const off = Date.parse(expiration ?? "") - (before + 365 * 86_400_000);
    expect(Math.abs(off)).toBeLessThan(60_000);
    expect(await issue(system(), account, { name: "never", expires_in_days: null })).toMatchObject({
      expiration: null,
    });
  });

  it.each([0, -1, 1.5, "30", 3651, undefined])("refuses expires_in_days %j (T2)", (expires_in_days) => {
    const result = createToken.body.safeParse({ name: "x", user_id: 1, expires_in_days });
    expect(result.error?.issues[0]).toMatchObject({
      path: ["expires_in_days"],
      message: "Required: a whole number of days from 1 to 3650, or null for never.",
    });
  });

  it("refuses a name that the account has, ignoring case; another account may have it (T1)", async () => {
    const [one, other] = [await service("Member"), await service("Member")];
    await issue(system(), one, { name: "Nightly" });
    expect(await problemOf(issue(system(), one, { name: "nightly" }))).toMatchObject({
      status: 409,
      fields: ["name"],
    });
    await issue(system(), other, { name: "nightly" });
  });

  it("refuses an unknown account (422) and a deactivated one (409)", async () => {
    const account = await service("Member");
    await db()
      .update(users)
      .set({ active: false })
      .where(eq(users.id, idOf(account)));
    expect(await problemOf(issue(system(), account))).toMatchObject({
      status: 409,
      code: "account_inactive",
    });
    const nobody = { ...account, user: { ...account.user, id: 999_999 } };
    expect(await problemOf(issue(system(), nobody))).toMatchObject({ status: 422, fields: ["user_id"] });
  });
});

describe("who may (T9)", () => {
  it("people make Personal tokens for themselves, whatever their role", async () => {
    const member = await person("Member");
    expect(await issue(member, member)).toMatchObject({
      type: "Personal",
      bearer_token: expect.stringMatching(/^lk_pat_/),
    });
  });

  it("and for nobody else, an Admin included", async () => {
    const [admin, member] = [await person("Admin"), await person("Member")];
    expect(await problemOf(issue(admin, member))).toMatchObject({ status: 403 });
    expect(await problemOf(issue(member, admin))).toMatchObject({ status: 403 });
  });

  it("a Personal token is never a SCIM token", async () => {
    const member = await person("Member");
    expect(await problemOf(issue(member, member, { scim: true }))).toMatchObject({
      status: 422,
      fields: ["scim"],
    });
  });

  it.each(["Manager", "Editor", "Member"] as const)(
    "a %s issues no Service token, not for itself either",
    async (role) => {
      const account = await service(role);
      expect(await problemOf(issue(await person(role), account))).toMatchObject({ status: 403 });
      expect(await problemOf(issue(account, account))).toMatchObject({ status: 403 });
    },
  );

  it("an Admin issues Service and SCIM tokens", async () => {
    const [admin, account] = [await person("Admin"), await service("Member")];
    expect((await issue(admin, account, { name: "plain" })).bearer_token).toMatch(/^lk_svc_/);
    expect(await issue(admin, account, { name: "scim", scim: true })).toMatchObject({
      scim: true,
      bearer_token: expect.stringMatching(/^lk_scim_/),
    });
  });
});

describe("who sees tokens", () => {
  it("people see their own; an Admin all", async () => {
    const [admin, one, other] = [await person("Admin"), await person("Member"), await person("Member")];
    const { id } = await issue(one, one, { name: "mine" });
    expect(
      (await findTokens(one, { ...page, owner: "me", type: "Personal" })).items.map((token) => token.id),
    ).toEqual([id]);
    expect((await findTokens(other, { ...page, owner: "me", type: "Personal" })).total).toBe(0);
    expect(
      (await findTokens(admin, { ...page, owner: "all", type: "Personal" })).items.map((token) => token.id),
    ).toContain(id);
    expect(await problemOf(findTokens(other, { ...page, owner: "all", type: "Personal" }))).toMatchObject({
      status: 403,
    });
    expect(await problemOf(findToken(other, id))).toMatchObject({ status: 404 });
    expect(await findToken(one, id)).toMatchObject({ id });
  });

  it("the list of Service tokens is an Admin's", async () => {
    expect(await problemOf(findServiceTokens(await person("Manager"), page))).toMatchObject({ status: 403 });
    expect(
      (await findServiceTokens(await person("Admin"), page)).items.every(({ type }) => type === "Service"),
    ).toBe(true);
  });
});
