import { describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { instance, users } from "@/db/schema";
import { openTestInstance, problemOf, service, testRequest } from "@/e2e/database/instance";
import { now } from "@/lib/clock";
import { needsSetUp, renewSetUpCode, setUpInstance } from "@/lib/sign-in/set-up";
import { signInPerson } from "@/lib/sign-in/sign-in-person";

openTestInstance();

const form = (code: string, email = "first@example.com") => ({
  code,
  name: "First",
  email,
  password: "a long enough password",
});

describe("the first administrator", () => {
  it("is made once, by whoever holds the newest code", async () => {
    await db()
      .insert(instance)
      .values({ secretFingerprint: Buffer.alloc(32), createdAt: now() });
    const old = await renewSetUpCode();
    const code = await renewSetUpCode();
    expect(await problemOf(setUpInstance(testRequest, form(old)))).toMatchObject({
      code: "link_used_up",
      status: 410,
    });
    expect(await problemOf(setUpInstance(testRequest, form("guess")))).toMatchObject({
      code: "link_used_up",
    });

    // A service account with the Admin role can't sign in, so it doesn't count.
    await service("Admin");
    expect(await needsSetUp()).toBe(true);

    const results = await Promise.allSettled(
      [1, 2, 3].map((n) => setUpInstance(testRequest, form(code, `admin${n}@example.com`))),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await needsSetUp()).toBe(false);
    expect(await problemOf(setUpInstance(testRequest, form(code)))).toMatchObject({
      code: "already_set_up",
      status: 409,
    });
    const people = (await db().select().from(users)).filter(({ userType }) => userType === "User");
    expect(people).toMatchObject([{ role: "Admin", active: true }]);
    const email = people[0]?.email ?? "";
    expect(await signInPerson(testRequest, { email, password: "a long enough password" })).toMatchObject({
      person: { email },
    });
  });

  it("keeps the code as a hash", async () => {
    const code = await renewSetUpCode();
    const rows = await db().select().from(instance);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(rows[0]?.setupCodeHash?.includes(code)).toBe(false);
  });
});
