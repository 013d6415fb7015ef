import { count, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents, tokens, users } from "@/db/schema";
import {
  idOf,
  makeTeams,
  openTestInstance,
  person,
  principalOf,
  problemOf,
  service,
  system,
} from "@/e2e/database/instance";
import { verifyToken } from "@/lib/tokens/verify-token";
import { newServiceAccount } from "@/lib/users/contract";
import { createServiceAccount } from "@/lib/users/create-service-account";

openTestInstance();

beforeAll(() => makeTeams("Data Engineering", "Data Quality", "Örtlich"));

const input = (fields: Record<string, unknown>) => newServiceAccount.parse({ role: "Member", ...fields });
const create = (fields: Record<string, unknown>) => createServiceAccount(system(), input(fields));
const rows = async () => ({
  users: (await db().select({ n: count() }).from(users))[0]?.n,
  tokens: (await db().select({ n: count() }).from(tokens))[0]?.n,
  audit: (await db().select({ n: count() }).from(auditEvents))[0]?.n,
});

describe("creating a service account", () => {
  it("gives it an id made from its name, the instance's e-mail and Public first (A2–A4)", async () => {
    const account = await create({
      name: "  API Access ",
      role: "Editor",
      teams: ["data engineering", "Data Quality"],
    });
    expect(account).toMatchObject({
      user_id: "api_access@service",
      user_name: "api_access@service",
      email: "service@example.com",
      name: "API Access",
      user_type: "Service",
      role: "Editor",
      teams: ["Public", "Data Engineering", "Data Quality"],
      active: true,
    });
  });

  it("keeps the order of teams, once each, as stored (A4)", async () => {
    const { teams } = await create({
      name: "Order",
      teams: ["ÖRTLICH", "PUBLIC", "data quality", "Örtlich", "Data Engineering"],
    });
    expect(teams).toEqual(["Public", "Örtlich", "Data Quality", "Data Engineering"]);
  });

  it("names every unknown team and creates nothing (A4)", async () => {
    const before = await rows();
    const refusal = await problemOf(create({ name: "Lost", teams: ["Nope", "Data Quality", "Nada"] }));
    expect(refusal).toMatchObject({ status: 422, fields: ["teams"] });
    expect(refusal.message).toContain('"Nope", "Nada"');
    expect(await rows()).toEqual(before);
  });

  it("refuses a taken id and says whose it is (A2)", async () => {
    const first = await create({ name: "Catalog Sync" });
    const refusal = await problemOf(create({ name: "Cátalog   Sync" }));
    expect(refusal).toMatchObject({ status: 409, code: "name_taken", fields: ["name"] });
    expect(refusal.message).toContain(`"Catalog Sync" (${first.id})`);
  });

  it("refuses a name without letter or digit (A2)", async () => {
    expect(await problemOf(create({ name: "🔑🔑" }))).toMatchObject({ status: 422, fields: ["name"] });
  });

  it.each(["Manager", "Editor", "Member"] as const)(
    "is refused to a %s, person or service (A1)",
    async (role) => {
      for (const principal of [await person(role), await service(role)]) {
        const before = await rows();
        expect(await problemOf(createServiceAccount(principal, input({ name: "Sneaky" })))).toMatchObject({
          status: 403,
        });
        expect(await rows()).toEqual(before);
      }
    },
  );

  it("writes one audit entry, with who did it, from where", async () => {
    const admin = await person("Admin");
    const account = await createServiceAccount(admin, input({ name: "Audited" }));
    const entries = await db().select().from(auditEvents).where(eq(auditEvents.targetName, account.user_id));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      action: "service_account.created",
      actorId: admin.user.id,
      actorUserId: admin.user.userId,
      targetId: account.id,
      ip: "192.0.2.7",
      userAgent: "vitest",
      requestId: "00000000-test",
      after: { name: "Audited", role: "Member" },
    });
  });

  it("lets one of two at once have the name; the other gets the 409", async () => {
    const results = await Promise.allSettled([
      create({ name: "Twin" }),
      create({ name: "Twin" }),
      create({ name: "twin" }),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results)
      if (result.status === "rejected")
        expect(result.reason).toMatchObject({ code: "name_taken", status: 409 });
  });
});

describe("an account with its first token", () => {
  const token = { name: "first", expires_in_days: 90 };

  it("comes with a token that works (A5)", async () => {
    const account = await create({ name: "Both", token });
    const secret = account.token?.bearer_token ?? "";
    expect(await verifyToken(secret)).toMatchObject({ user: { id: account.id }, token: { name: "first" } });
  });

  it("does not come without it: a fault in the token leaves no account (A5)", async () => {
    const before = await rows();
    // The token's column takes no such moment: the fault arrives after the account was inserted.
    const broken = {
      ...input({ name: "Neither", token }),
      token: { ...token, scim: false, expires_in_days: 1e9 },
    };
    await expect(createServiceAccount(system(), broken)).rejects.toThrow();
    expect(await rows()).toEqual(before);
  });

  it("tells its audit that a secret was set, never the secret (T4)", async () => {
    const { token: created } = await create({ name: "Discreet", token });
    const entries = await db().select().from(auditEvents);
    const text = JSON.stringify(entries);
    expect(text).toContain('"secret":"set"');
    expect(text).not.toContain(created?.bearer_token.slice(7, 40));
  });
});

it("a person's id can't end in @service, in the database either (A3)", async () => {
  const { id } = await createServiceAccount(system(), input({ name: "Stays Service" }));
  await expect(db().update(users).set({ userType: "User" }).where(eq(users.id, id))).rejects.toThrow();
  const human = await person("Member");
  await expect(
    db()
      .update(users)
      .set({ userIdKey: "someone@service" })
      .where(eq(users.id, idOf(human))),
  ).rejects.toThrow();
});

it("the number of a deleted account is never given again (A6)", async () => {
  const first = await create({ name: "Short Lived" });
  await db().delete(users).where(eq(users.id, first.id));
  const second = await create({ name: "Short Lived" });
  expect(second.id).toBeGreaterThan(first.id);
  expect(await principalOf(second.id)).toMatchObject({ user: { userId: first.user_id } });
});
