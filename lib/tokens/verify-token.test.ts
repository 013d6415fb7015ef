import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it } from "vitest";
import { db } from "@/db/client";
import { tokens, users } from "@/db/schema";
import { idOf, openTestInstance, service, system } from "@/e2e/database/instance";
import { authenticate } from "@/lib/access/authenticate";
import { days, now, setClock } from "@/lib/clock";
import type { Problem } from "@/lib/errors";
import { mintToken } from "@/lib/tokens/format";
import { issueToken } from "@/lib/tokens/issue-token";
import { flushUses, noteRefusal, noteUse } from "@/lib/tokens/use-batch";
import { verifyToken } from "@/lib/tokens/verify-token";

openTestInstance();

let restoreClock = () => {};
afterEach(() => restoreClock());
const setTime = (ms: number) => {
  restoreClock();
  restoreClock = setClock(() => new Date(ms));
};

async function newToken(scim = false) {
  const account = await service("Editor");
  const token = await issueToken(system(), {
    user_id: idOf(account),
    name: "t",
    expires_in_days: 1,
    scim,
  });
  return { id: token.id, secret: token.bearer_token, userId: idOf(account) };
}

const bearer = (text: string) =>
  authenticate("GET", new Headers({ authorization: text }), {
    id: "r",
    ip: "192.0.2.1",
    userAgent: "curl",
    baseUrl: "",
  });
const refusalOf = (text: string) =>
  bearer(text).then(
    () => "let in",
    (error) => (error as Problem).code,
  );

describe("verifying a token", () => {
  it("proves its account and role", async () => {
    const { secret, userId } = await newToken();
    expect(await verifyToken(secret)).toMatchObject({
      user: { id: userId, role: "Editor", userType: "Service" },
    });
  });

  it("refuses one that nobody has", async () => {
    expect(await verifyToken(mintToken("svc"))).toEqual({ refusal: "unknown" });
  });

  it("refuses it from its expiry on, to the second (T5)", async () => {
    const { id, secret } = await newToken();
    const [row] = await db().select().from(tokens).where(eq(tokens.id, id));
    const end = row?.expiresAt?.getTime() ?? 0;
    setTime(end - 1);
    expect(await verifyToken(secret)).toHaveProperty("user");
    setTime(end);
    expect(await verifyToken(secret)).toEqual({ refusal: "expired", tokenId: id });
  });

  it("refuses a revoked one, and one of a deactivated account (A6)", async () => {
    const revoked = await newToken();
    await db().update(tokens).set({ revokedAt: now() }).where(eq(tokens.id, revoked.id));
    expect(await verifyToken(revoked.secret)).toEqual({ refusal: "revoked", tokenId: revoked.id });

    const orphan = await newToken();
    await db().update(users).set({ active: false }).where(eq(users.id, orphan.userId));
    expect(await verifyToken(orphan.secret)).toEqual({ refusal: "account deactivated", tokenId: orphan.id });
  });

  it("takes the scheme in any case, and spaces around", async () => {
    const { secret } = await newToken();
    expect(await bearer(`bearer  ${secret} `)).toMatchObject({ token: { name: "t" } });
  });

  it("refuses other schemes, garbage and a flipped checksum character", async () => {
    const { secret } = await newToken();
    const last = secret.endsWith("a") ? "b" : "a";
    expect(await refusalOf(`Basic ${secret}`)).toBe("unauthenticated");
    expect(await refusalOf("Bearer")).toBe("unauthenticated");
    expect(await refusalOf(`Bearer ${secret.slice(0, -1)}${last}`)).toBe("invalid_token");
    expect(await refusalOf(`Bearer ${secret} ${secret}`)).toBe("unauthenticated");
  });

  it("refuses a SCIM token outside SCIM (T10)", async () => {
    const { secret } = await newToken(true);
    expect(await refusalOf(`Bearer ${secret}`)).toBe("scim_token");
  });
});

describe("last use (T8)", () => {
  const rowOf = async (id: number) => (await db().select().from(tokens).where(eq(tokens.id, id)))[0];

  it("is written at the next flush, with address and user agent; the account was seen", async () => {
    const { id, secret, userId } = await newToken();
    await bearer(`Bearer ${secret}`);
    expect((await rowOf(id))?.lastUsedAt).toBeNull();
    await flushUses();
    expect(await rowOf(id)).toMatchObject({ lastUsedIp: "192.0.2.1", lastUsedUserAgent: "curl" });
    const [account] = await db().select().from(users).where(eq(users.id, userId));
    expect(account?.lastSeenAt).toEqual((await rowOf(id))?.lastUsedAt);
  });

  it("only moves forward", async () => {
    const { id } = await newToken();
    setTime(Date.now() + days(1));
    noteUse(id, "192.0.2.2", null);
    await flushUses();
    const newest = (await rowOf(id))?.lastUsedAt;
    restoreClock();
    noteUse(id, "192.0.2.3", null);
    await flushUses();
    expect(await rowOf(id)).toMatchObject({ lastUsedAt: newest, lastUsedIp: "192.0.2.2" });
  });

  it("counts refused uses, and names the client (T11)", async () => {
    const { id } = await newToken();
    for (let times = 0; times < 3; times++) noteRefusal(id, "revoked", "192.0.2.9", "curl/8.5.0");
    await flushUses();
    noteRefusal(id, "expired", "192.0.2.10", "forgotten-sync/3.1");
    await flushUses();
    expect(await rowOf(id)).toMatchObject({
      refusedCount: 4,
      lastRefusedIp: "192.0.2.10",
      lastRefusedUserAgent: "forgotten-sync/3.1",
      lastUsedAt: null,
    });
  });
});
