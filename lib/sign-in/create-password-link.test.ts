import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents, passwordLinks, signIns, users } from "@/db/schema";
import {
  idOf,
  openTestInstance,
  person,
  problemOf,
  service,
  system,
  testRequest,
} from "@/e2e/database/instance";
import { newIdempotencyKey } from "@/lib/http/retry";
import { createPasswordLink } from "@/lib/sign-in/create-password-link";
import { setPasswordThroughLink } from "@/lib/sign-in/set-password-by-link";
import { createPerson } from "@/lib/users/create-person";
import { deleteUser } from "@/lib/users/delete-user";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

const password = "a long enough password";
const codeOf = ({ url }: { url: string }) => url.split("#code=")[1] ?? "";
const use = (link: { url: string }) => setPasswordThroughLink(testRequest, { code: codeOf(link), password });

describe("a new one-time link for a person", () => {
  it("sets the password, once; the one given before stops working", async () => {
    const them = await person("Member");
    const first = await createPasswordLink(system(), { id: idOf(them) });
    const second = await createPasswordLink(system(), { email: them.user.userId.toUpperCase() });
    expect(second.url).toMatch(/^http:\/\/latchkey\.test\/set-password#code=[\w-]{43}$/);
    expect(await problemOf(use(first))).toMatchObject({ status: 410 });
    expect(await use(second)).toMatchObject({ email: them.user.userId });
    expect(await problemOf(use(second))).toMatchObject({ status: 410 });
  });

  it("is recorded without its code", async () => {
    const them = await person("Member");
    const link = await createPasswordLink(system(), { id: idOf(them) });
    const entries = await db()
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.action, "password_link.created"), eq(auditEvents.targetId, idOf(them))));
    expect(entries).toHaveLength(2);
    expect(JSON.stringify(entries)).not.toContain(codeOf(link));
  });

  it("asked for again under the same Idempotency-Key is the same link, which still works", async () => {
    const [admin, them] = [await person("Admin"), await person("Member")];
    const key = newIdempotencyKey();
    const attempt = () => {
      const idempotency = {
        key,
        method: "POST",
        path: `/api/users/${idOf(them)}/password-link`,
        body: "null",
        replayed: false,
      };
      return createPasswordLink({ ...admin, request: { ...testRequest, idempotency } }, { id: idOf(them) });
    };
    const first = await attempt();
    expect(await attempt()).toEqual(first);
    await use(first);
  });

  it("ends with the account's activity, and doesn't come back with it", async () => {
    const them = await person("Member");
    const link = await createPasswordLink(system(), { id: idOf(them) });
    await updateUser(system(), idOf(them), { active: false });
    await updateUser(system(), idOf(them), { active: true });
    expect(await problemOf(use(link))).toMatchObject({ status: 410 });
  });

  it("gives one whom an identity provider has made a sign-in, with the e-mail it gave", async () => {
    const them = await person("Member");
    await db()
      .delete(signIns)
      .where(eq(signIns.id, idOf(them)));
    const provide = (email: string | null) =>
      db()
        .update(users)
        .set({ email })
        .where(eq(users.id, idOf(them)));
    const refusal = () => problemOf(createPasswordLink(system(), { id: idOf(them) }));
    await provide(null);
    expect(await refusal()).toMatchObject({ code: "cannot_sign_in" });
    await provide("not an address");
    expect(await refusal()).toMatchObject({ code: "cannot_sign_in" });
    await provide((await person("Member")).user.userId);
    expect(await refusal()).toMatchObject({ code: "cannot_sign_in" });
    await provide("Given@Example.com");
    expect(await use(await createPasswordLink(system(), { id: idOf(them) }))).toMatchObject({
      id: idOf(them),
      email: "given@example.com",
    });
  });

  it("and deleting the person at the same time: one waits for the other, and no link is left", async () => {
    for (let round = 0; round < 5; round++) {
      const them = await person("Member");
      const link = await createPasswordLink(system(), { id: idOf(them) });
      const [used, deleted] = await Promise.allSettled([use(link), deleteUser(system(), idOf(them))]);
      expect(deleted.status).toBe("fulfilled");
      if (used.status === "rejected") expect(used.reason).toMatchObject({ status: 410 });
      expect(await db().$count(passwordLinks, eq(passwordLinks.userId, idOf(them)))).toBe(0);
    }
  });
});

describe("an e-mail is one person's to sign in with", () => {
  /** As SCIM makes them: the `user_id` is no e-mail, and there is no sign-in yet. */
  async function provisioned(email: string): Promise<number> {
    const id = idOf(await person("Member"));
    await db().delete(signIns).where(eq(signIns.id, id));
    await db()
      .update(users)
      .set({ email, userId: `user-${id}`, userIdKey: `user-${id}` })
      .where(eq(users.id, id));
    return id;
  }

  it("of two who have the same, given links at once, one gets it and one is refused (409)", async () => {
    for (let round = 0; round < 5; round++) {
      const email = `shared${round}@example.com`;
      const ids = [await provisioned(email), await provisioned(email)];
      const links = await Promise.allSettled(ids.map((id) => createPasswordLink(system(), { id })));
      expect(links.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const refused = links.find((link) => link.status === "rejected");
      expect(refused?.reason).toMatchObject({ status: 409 });
    }
  });

  it("two links for one at once are two links, of which the later works", async () => {
    for (let round = 0; round < 5; round++) {
      const id = await provisioned(`twice${round}@example.com`);
      await Promise.all([1, 2].map(() => createPasswordLink(system(), { id })));
      expect(await db().$count(passwordLinks, eq(passwordLinks.userId, id))).toBe(1);
    }
  });

  it("nobody new gets it, whatever the user_id of who has it (409, field email)", async () => {
    const id = await provisioned("taken@example.com");
    await createPasswordLink(system(), { id });
    const newcomer = createPerson(system(), {
      user_type: "User",
      name: "Ann",
      email: "taken@example.com",
      role: "Member",
      teams: [],
    });
    await expect(newcomer).rejects.toMatchObject({
      code: "name_taken",
      errors: [{ field: "email", message: expect.stringContaining(`(${id})`) }],
    });
    expect(await db().$count(users, eq(users.userId, "taken@example.com"))).toBe(0);
  });
});

describe("who gets none", () => {
  it("a service account: it never signs in (A3)", async () => {
    const account = await service("Member");
    expect(await problemOf(createPasswordLink(system(), { id: idOf(account) }))).toMatchObject({
      code: "cannot_sign_in",
      status: 409,
    });
  });

  it("one who is deactivated, oneself, nobody", async () => {
    const [admin, them] = [await person("Admin"), await person("Member")];
    await updateUser(system(), idOf(them), { active: false });
    expect(await problemOf(createPasswordLink(admin, { id: idOf(them) }))).toMatchObject({
      code: "account_inactive",
    });
    expect(await problemOf(createPasswordLink(admin, { id: idOf(admin) }))).toMatchObject({
      code: "own_account",
    });
    for (const who of [{ id: 999_999 }, { email: "nobody@example.com" }])
      expect(await problemOf(createPasswordLink(admin, who))).toMatchObject({ status: 404 });
  });

  it("from anybody but an Admin (A1)", async () => {
    const them = await person("Member");
    for (const role of ["Manager", "Editor", "Member"] as const)
      expect(await problemOf(createPasswordLink(await person(role), { id: idOf(them) }))).toMatchObject({
        status: 403,
      });
  });
});
