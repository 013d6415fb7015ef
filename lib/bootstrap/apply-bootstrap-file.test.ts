import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { auditEvents, credentials, teams, tokens, users } from "@/db/schema";
import { openTestInstance, testRequest } from "@/e2e/database/instance";
import { applyBootstrapFile } from "@/lib/bootstrap/apply-bootstrap-file";
import { readBootstrapFile } from "@/lib/bootstrap/read-bootstrap-file";
import { signInPerson } from "@/lib/sign-in/sign-in-person";
import { mintToken } from "@/lib/tokens/format";
import { verifyToken } from "@/lib/tokens/verify-token";

openTestInstance();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "latchkey-bootstrap-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes the content, reads it as the start does, applies it; what was reported comes back. */
async function bootstrap(content: unknown, environment: Record<string, string> = {}): Promise<string[]> {
  const file = path.join(folder, "file.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  const reported: string[] = [];
  await applyBootstrapFile(await readBootstrapFile(file, environment), (line) => reported.push(line));
  return reported;
}

const faultOf = (content: unknown, environment?: Record<string, string>) =>
  bootstrap(content, environment).then(
    () => "no fault",
    (error: Error) => error.message,
  );

const rows = () => Promise.all([users, teams, tokens, auditEvents].map((table) => db().$count(table)));

describe("applying BOOTSTRAP_FILE", () => {
  const secret = () => mintToken("svc");

  it("creates what is missing; a second time changes nothing and says nothing", async () => {
    const given = secret();
    const content = {
      admin: { name: "Ada", email: "Ada@Example.com", password: "a long enough password" },
      teams: ["Data Engineering"],
      service_accounts: [
        {
          name: "Nightly Sync",
          role: "Editor",
          teams: ["data engineering"],
          tokens: [{ name: "ci", expires_in_days: 30, secret: { env: "CI_TOKEN" } }],
        },
      ],
    };
    expect(await bootstrap(content, { CI_TOKEN: given })).toEqual([]);
    expect(await verifyToken(given)).toMatchObject({
      user: { userId: "nightly_sync@service", role: "Editor" },
    });
    const { person } = await signInPerson(testRequest, {
      email: "ada@example.com",
      password: "a long enough password",
    });
    expect(person.name).toBe("Ada");

    const before = await rows();
    expect(await bootstrap(content, { CI_TOKEN: given })).toEqual([]);
    // Only the sign-in above was recorded in between.
    expect(await rows()).toEqual(before);
  });

  it("never changes or resets what exists, and reports the difference", async () => {
    await bootstrap({
      admin: { name: "Bob", email: "bob@example.com", password: "the first password" },
      service_accounts: [
        { name: "Kept", role: "Member", tokens: [{ name: "t", expires_in_days: null, secret: secret() }] },
      ],
    });
    const hashes = () => db().select({ password: credentials.password }).from(credentials);
    const before = [await hashes(), await rows()];
    const reported = await bootstrap({
      admin: { name: "Robert", email: "bob@example.com", password: "the second password" },
      service_accounts: [
        {
          name: "Kept",
          role: "Admin",
          teams: [],
          tokens: [{ name: "T", expires_in_days: 1, secret: secret() }],
        },
      ],
    });
    expect([await hashes(), await rows()]).toEqual(before);
    expect(reported).toHaveLength(3);
    expect(reported.join("\n")).toMatch(/admin: bob@example.com exists as "Bob"/);
    expect(reported.join("\n")).toMatch(
      /service_accounts\[0\]\.role: kept@service is Member, the file says Admin/,
    );
    expect(reported.join("\n")).toMatch(/tokens\[0\]: the token "T" exists with another secret/);
    expect(reported.join("\n")).not.toMatch(/lk_svc_[0-9A-Za-z]{49}/);
  });

  it("makes no token without a secret, and says so", async () => {
    const reported = await bootstrap({
      service_accounts: [{ name: "Bare", role: "Member", tokens: [{ name: "later", expires_in_days: 30 }] }],
    });
    expect(reported).toEqual([
      'BOOTSTRAP_FILE: service_accounts[0].tokens[0]: no token was made for "later", since the file gives no secret.',
    ]);
    const [account] = await db().select().from(users).where(eq(users.userId, "bare@service"));
    expect(await db().$count(tokens, eq(tokens.userId, account?.id ?? 0))).toBe(0);
  });

  it("tells of an account of another name and a token of another kind under what it names", async () => {
    const account = (name: string, scim: boolean) => ({
      service_accounts: [
        { name, role: "Member", tokens: [{ name: "t", expires_in_days: null, scim, secret: { env: "T" } }] },
      ],
    });
    await bootstrap(account("Same Id", false), { T: secret() });
    const before = await rows();
    const [name, token, ...rest] = await bootstrap(account("Same, Id", true), { T: mintToken("scim") });
    expect(name).toMatch(
      /service_accounts\[0\]\.name: same_id@service is "Same Id", the file says "Same, Id"/,
    );
    expect(token).toMatch(/tokens\[0\]: the token "t" exists with another secret/);
    expect(rest).toEqual([]);
    const withoutSecret = { name: "t", expires_in_days: null, scim: true };
    const sameAccount = { name: "Same Id", role: "Member", tokens: [withoutSecret] };
    expect(await bootstrap({ service_accounts: [sameAccount] })).toEqual([
      'BOOTSTRAP_FILE: service_accounts[0].tokens[0]: the token "t" exists, but not for SCIM; left as it is.',
    ]);
    expect(await rows()).toEqual(before);
  });

  it("finds the administrator by the sign-in too, once a provider has given them another userName", async () => {
    const admin = { name: "Eve", email: "eve@example.com", password: "a long enough password" };
    await bootstrap({ admin });
    await db()
      .update(users)
      .set({ userId: "eve.adams", userIdKey: "eve.adams" })
      .where(eq(users.userId, admin.email));
    const before = await rows();
    expect(await bootstrap({ admin })).toEqual([
      'BOOTSTRAP_FILE: admin: eve@example.com exists as "Eve" (eve.adams, Admin); left as it is.',
    ]);
    expect(await rows()).toEqual(before);
  });

  it("applies all of it or nothing", async () => {
    const before = await rows();
    const fault = await faultOf({
      teams: ["Made In Vain"],
      service_accounts: [{ name: "Lost", role: "Member", teams: ["No Such Team"] }],
    });
    expect(fault).toMatch(/^BOOTSTRAP_FILE: service_accounts\[0\]: Unknown team: "No Such Team"/);
    expect(await rows()).toEqual(before);
  });

  it("serves two instances that start with it at once", async () => {
    const content = {
      teams: ["Both"],
      service_accounts: [{ name: "Both", role: "Member", teams: ["Both"] }],
    };
    await Promise.all([bootstrap(content), bootstrap(content), bootstrap(content)]);
    expect(await db().$count(users, eq(users.userId, "both@service"))).toBe(1);
  });
});

describe("a fault stops the start and names its place", () => {
  const account = (fields: Record<string, unknown>) => ({
    service_accounts: [{ name: "A", role: "Member", ...fields }],
  });
  const token = (fields: Record<string, unknown>) =>
    account({ tokens: [{ name: "t", expires_in_days: null, ...fields }] });

  it.each<[unknown, RegExp]>([
    ["{", /file\.json: is not valid JSON\.$/],
    [[], /file\.json: the file: /],
    [
      { admin: { name: "A", email: "a@example.com", password: "short" } },
      /admin\.password: Use at least 12 characters\.$/,
    ],
    [{ admin: { name: "A", email: "nobody", password: "long enough password" } }, /admin\.email: /],
    [{ teams: ["ok", ""] }, /teams\[1\]: Enter a name for the team\.$/],
    [account({ role: "Boss" }), /service_accounts\[0\]\.role: /],
    [account({ rôle: "Member" }), /service_accounts\[0\]: Unrecognized key/],
    [
      token({ expires_in_days: 0 }),
      /service_accounts\[0\]\.tokens\[0\]\.expires_in_days: Required: a whole number/,
    ],
    [
      token({ secret: "hunter2" }),
      /service_accounts\[0\]\.tokens\[0\]\.secret: must be a token of the form lk_svc_…/,
    ],
    [token({ secret: { env: "NOT_SET" } }), /\.secret: the environment variable NOT_SET is not set\.$/],
    [
      token({ secret: mintToken("svc"), scim: true }),
      /must be a token of the form lk_scim_…; "npm run token:new -- --scim" prints one\.$/,
    ],
    [account({ name: "🚀" }), /service_accounts\[0\]: Use at least one letter/],
    [{ teams: ["Sales", "Data", "dAtA"] }, /: teams\[2\]: Is the same as at \[1\]; name each once\.$/],
    [
      {
        service_accounts: [
          { name: "A b", role: "Member" },
          { name: "Ä B", role: "Admin" },
        ],
      },
      /: service_accounts\[1\]\.name: Is the same as at \[0\]; name each once\.$/,
    ],
    [
      account({ tokens: ["t", "T"].map((name) => ({ name, expires_in_days: null })) }),
      /: service_accounts\[0\]\.tokens\[1\]\.name: Is the same as at \[0\]; name each once\.$/,
    ],
  ])("%j", async (content, expected) => {
    const fault = await faultOf(content);
    expect(fault).toMatch(expected);
    expect(fault).not.toContain("hunter2");
    expect(fault).not.toContain("\n");
  });

  it("a secret that another token has already, in the file or before it; nothing is made", async () => {
    const secret = mintToken("svc");
    const token = (name: string, env = "S") => ({ name, expires_in_days: null, secret: { env } });
    const file = (...tokens: unknown[]) => ({
      teams: ["Never Made"],
      service_accounts: [
        { name: "First", role: "Member", tokens: [tokens[0]] },
        { name: "Second", role: "Member", tokens: tokens.slice(1) },
      ],
    });
    const before = await rows();
    const twice = await faultOf(file(token("a"), token("b")), { S: secret });
    expect(twice).toBe(
      'BOOTSTRAP_FILE: service_accounts[1].tokens[0].secret: is that of the token "a" of first@service already; give each its own.',
    );
    expect(await rows()).toEqual(before);
    await bootstrap(account({ name: "Older", tokens: [token("old")] }), { S: secret });
    const kept = await rows();
    const environment = { S: secret, N: mintToken("svc") };
    expect(await faultOf(file(token("a", "N"), token("b")), environment)).toMatch(
      /service_accounts\[1\]\.tokens\[0\]\.secret: is that of the token "old" of older@service already/,
    );
    expect(await rows()).toEqual(kept);
  });

  it("a file that isn't there", async () => {
    await expect(readBootstrapFile("/nowhere/at/all.json", {})).rejects.toThrow(
      /^BOOTSTRAP_FILE \/nowhere\/at\/all\.json: can't be read \(ENOENT\)\.$/,
    );
  });
});
