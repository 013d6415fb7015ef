import { expect, it } from "vitest";
import { seedTokens } from "@/bench/seed-tokens";
import { secret } from "@/bench/setting";
import { pool } from "@/db/client";
import { openTestInstance, system } from "@/e2e/database/instance";
import { setInstanceSecret } from "@/lib/access/secret";
import { introspectToken } from "@/lib/introspection/introspect-token";
import { mintToken } from "@/lib/tokens/format";

openTestInstance();

it("what the benchmarks run on fits the schema, and its tokens are good", async () => {
  setInstanceSecret(secret);
  const tokens = Array.from({ length: 3 }, () => mintToken("svc"));
  await seedTokens(String(pool().options.connectionString), tokens);
  for (const token of tokens)
    expect(await introspectToken(system(), token)).toMatchObject({
      active: true,
      role: "Editor",
      teams: ["Public", expect.stringMatching(/^Team \d+$/)],
    });
});
