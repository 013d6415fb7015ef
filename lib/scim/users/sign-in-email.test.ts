import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db, transaction } from "@/db/client";
import { auditEvents, sessions, signIns } from "@/db/schema";
import { openTestInstance, testRequest } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";
import { insertSignIn } from "@/lib/sign-in/credentials";
import { signInPerson } from "@/lib/sign-in/sign-in-person";

/* The e-mail that a person signs in with follows the one that their identity provider gives. */

openTestInstance();

let scim: ScimClient;
let made = 0;
beforeAll(async () => {
  scim = await openScim();
});

const password = "correct horse battery staple";
const unique = () => `person-${++made}@example.com`;

/** Whom a provider has made, and who signs in by password since. */
async function signingIn(email = unique(), secret?: string): Promise<{ id: string; email: string }> {
  const { body } = await scim.post("/Users", { userName: email, emails: [{ value: email, type: "work" }] });
  await transaction((tx) => insertSignIn(tx, { id: Number(body.id), name: "x", email }, secret));
  return { id: body.id, email };
}

const give = (id: string, value: string) =>
  scim.change(`/Users/${id}`, { op: "replace", path: 'emails[type eq "work"].value', value });
const signInOf = async (id: string) =>
  (
    await db()
      .select({ email: signIns.email, name: signIns.name })
      .from(signIns)
      .where(eq(signIns.id, Number(id)))
  )[0];

describe("a changed e-mail", () => {
  it("is what the person signs in with from then on; their sessions stay", async () => {
    const { id, email } = await signingIn(unique(), password);
    await signInPerson(testRequest, { email, password });
    expect((await give(id, "Changed@Example.com")).status).toBe(200);

    await expect(signInPerson(testRequest, { email, password })).rejects.toMatchObject({
      code: "sign_in_failed",
    });
    const again = await signInPerson(testRequest, { email: "changed@example.com", password });
    expect(again.person).toMatchObject({ id: Number(id), email: "changed@example.com" });
    expect(await db().$count(sessions, eq(sessions.userId, Number(id)))).toBe(2);
  });

  it("is recorded as that", async () => {
    const { id, email } = await signingIn();
    await give(id, "recorded@example.com");
    const [entry] = await db()
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.action, "user.changed"), eq(auditEvents.targetId, Number(id))));
    expect(entry).toMatchObject({
      before: { email, sign_in_email: email },
      after: { email: "recorded@example.com", sign_in_email: "recorded@example.com" },
    });
  });

  it.each([
    ["none", ""],
    ["no address", "front desk"],
    ["a service account's", "robot@service"],
    ["one that somebody else signs in with", "taken@example.com"],
    ["the same in capitals", "SAME@example.com"],
  ])("that is %s leaves it as it is", async (_what, value) => {
    if (value === "taken@example.com") await signingIn(value);
    const { id, email } = await signingIn(value.startsWith("SAME") ? "same@example.com" : unique());
    expect((await give(id, value)).status).toBe(200);
    expect(await signInOf(id)).toMatchObject({ email });
  });

  it("gives nobody a sign-in who has none", async () => {
    const { body } = await scim.post("/Users", { userName: unique() });
    await give(body.id, "without@example.com");
    expect(await signInOf(body.id)).toBeUndefined();
  });

  it("that two are given at once is one's", async () => {
    const people = [await signingIn(), await signingIn(), await signingIn(), await signingIn()];
    const answers = await Promise.all(people.map(({ id }) => give(id, "wanted@example.com")));
    for (const { status, body } of answers)
      if (status !== 200) expect(body).toMatchObject({ status: "409", scimType: "uniqueness" });
    expect(await db().$count(signIns, eq(signIns.email, "wanted@example.com"))).toBe(1);
  });
});

it("a changed name goes along, and moves no e-mail", async () => {
  const { id, email } = await signingIn();
  await db()
    .update(signIns)
    .set({ email: "of-their-own@example.com" })
    .where(eq(signIns.id, Number(id)));
  await scim.change(`/Users/${id}`, { op: "replace", path: "displayName", value: "Renamed" });
  expect(await signInOf(id)).toEqual({ email: "of-their-own@example.com", name: "Renamed" });
  await scim.put(`/Users/${id}`, { userName: email, displayName: "Renamed" });
  expect(await signInOf(id)).toMatchObject({ email: "of-their-own@example.com" });
});
