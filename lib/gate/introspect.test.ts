import { describe, expect, it } from "vitest";
import { newToken, openTestGate } from "@/e2e/database/gate";
import { system } from "@/e2e/database/instance";
import { introspectToken } from "@/lib/introspection/introspect-token";
import { changeToken } from "@/lib/tokens/change-token";
import { mintToken } from "@/lib/tokens/format";
import { issueToken } from "@/lib/tokens/issue-token";

const { ask, introspect } = openTestGate();

describe("POST /introspect (RFC 7662)", () => {
  it("tells of a good token", async () => {
    const { secret, user } = await newToken("Editor", ["Data Engineering"]);
    const { status, body } = await introspect(secret, secret);
    expect(status).toBe(200);
    expect(body).toEqual({
      active: true,
      sub: user,
      username: user,
      token_type: "Bearer",
      iat: expect.any(Number),
      exp: expect.any(Number),
      role: "Editor",
      teams: ["Public", "Data Engineering"],
    });
    expect(body.exp - body.iat).toBeGreaterThan(86_390);
  });

  it("has no exp for a token that never expires", async () => {
    const asker = await newToken();
    const { bearer_token } = await issueToken(system(), {
      user_id: asker.userId,
      name: "n",
      expires_in_days: null,
      scim: false,
    });
    expect((await introspect(asker.secret, bearer_token)).body).not.toHaveProperty("exp");
  });

  it("says inactive and nothing else of any other", async () => {
    const asker = await newToken();
    const revoked = await newToken();
    await changeToken(system(), revoked.tokenId, { revoke: true });
    for (const token of [mintToken("svc"), "nonsense", revoked.secret, ""])
      expect(await introspect(asker.secret, token)).toEqual({ status: 200, body: { active: false } });
  });

  it("says so of a SCIM token too: it is good for SCIM alone (T10)", async () => {
    const [asker, scim] = [await newToken("Member"), await newToken("Admin", [], true)];
    expect((await introspect(asker.secret, scim.secret)).body).toEqual({ active: false });
    expect(await introspectToken(system(), scim.secret)).toEqual({ active: false });
  });

  it("takes no stranger, no SCIM token, no other form, no other method", async () => {
    const good = await newToken();
    const scim = await newToken("Admin", [], true);
    expect((await introspect(mintToken("svc"), good.secret)).status).toBe(401);
    expect((await introspect(scim.secret, good.secret)).status).toBe(403);
    const headers = { authorization: `Bearer ${good.secret}` };
    const json = await ask("/introspect", {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: "{}",
    });
    expect(json.status).toBe(400);
    for (const length of [20_000, 5_000_000]) {
      const body = new URLSearchParams({ token: "x".repeat(length) });
      expect((await ask("/introspect", { method: "POST", headers, body })).status).toBe(400);
    }
    const get = await ask(`/introspect?token=${good.secret}`, { headers });
    expect(get.status).toBe(405);
    expect(get.headers.get("allow")).toBe("POST");
  });
});
