import { describe, expect, it } from "vitest";
import { newToken, openTestGate } from "@/e2e/database/gate";
import { mintToken } from "@/lib/tokens/format";

const { ask, queryCount, statusOf, verify } = openTestGate();

describe("/verify", () => {
  it("answers 200 and says who it is", async () => {
    const { secret, user, tokenId } = await newToken("Editor", ["Data Engineering"]);
    const answer = await verify(secret);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith("x-latchkey")))).toEqual(
      {
        "x-latchkey-user": user,
        "x-latchkey-user-type": "Service",
        "x-latchkey-role": "Editor",
        "x-latchkey-teams": "Public,Data%20Engineering",
        "x-latchkey-token-id": String(tokenId),
      },
    );
    expect(await answer.text()).toBe("");
  });

  it.each(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("takes %s, below it too", async (method) => {
    const { secret } = await newToken();
    expect((await verify(secret, "/verify/api/orders/7?x=1", { method })).status).toBe(200);
  });

  it("asks the database once for a burst on one token, and not again", async () => {
    const { secret } = await newToken();
    const before = queryCount();
    const answers = await Promise.all(Array.from({ length: 50 }, () => statusOf(secret)));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(queryCount() - before).toBe(1);
    const questions = async () => {
      const asked = queryCount();
      expect(await statusOf(secret)).toBe(200);
      return queryCount() - asked;
    };
    await expect.poll(questions).toBe(0);
  });

  it("narrows by role, at least, and by team; what it can't understand lets nobody in", async () => {
    const { secret } = await newToken("Editor", ["Data Engineering"]);
    expect(await statusOf(secret, "/verify?role=Member")).toBe(200);
    expect(await statusOf(secret, "/verify?role=Editor&team=data%20engineering")).toBe(200);
    expect(await statusOf(secret, "/verify?role=Manager")).toBe(403);
    expect(await statusOf(secret, "/verify?team=Finance")).toBe(403);
    expect(await statusOf(secret, "/verify?role=Member&role=Admin")).toBe(403);
    expect(await statusOf(secret, "/verify?role=editor")).toBe(403);
    expect(await statusOf(secret, "/verify/x?team=Public&team=Data+Engineering")).toBe(200);
  });

  it("refuses a SCIM token (403) and never reads one from the query", async () => {
    const { secret } = await newToken("Admin", [], true);
    expect(await statusOf(secret)).toBe(403);
    const good = await newToken();
    expect((await ask(`/verify?access_token=${good.secret}&token=${good.secret}`)).status).toBe(401);
  });

  it("tells a bad token from none (RFC 6750)", async () => {
    expect((await ask("/verify")).headers.get("www-authenticate")).toBe("Bearer");
    const answer = await verify(mintToken("svc"));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe(
      'Bearer error="invalid_token", error_description="The token is unknown"',
    );
  });

  it("has no /verifyx and nothing else", async () => {
    const { secret } = await newToken();
    for (const path of ["/verifyx", "/", "/users", "/api/users"])
      expect(await statusOf(secret, path)).toBe(404);
  });
});
