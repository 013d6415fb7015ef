import { beforeAll, describe, expect, it } from "vitest";
import { setInstanceSecret } from "@/lib/access/secret";
import { hashToken, mintToken, tokenKind, withoutTokens } from "@/lib/tokens/format";

beforeAll(() => setInstanceSecret("a secret of at least thirty-two bytes"));

describe("the form of a token (T3)", () => {
  it.each(["svc", "pat", "scim"] as const)("lk_%s_, 43 characters, 6 of checksum", (kind) => {
    const token = mintToken(kind);
    expect(token).toMatch(new RegExp(`^lk_${kind}_[0-9A-Za-z]{49}$`));
    expect(tokenKind(token)).toBe(kind);
  });

  it("ends in the CRC-32 (IEEE) of what stands before, in base 62", () => {
    // CRC-32 by hand, bit by bit, beside the library's.
    const body = mintToken("svc").slice(0, -6);
    let crc = 0xffffffff;
    for (const byte of Buffer.from(body)) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    let rest = (crc ^ 0xffffffff) >>> 0;
    let digits = "";
    for (let place = 0; place < 6; place++) {
      digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".charAt(rest % 62) + digits;
      rest = Math.floor(rest / 62);
    }
    expect(tokenKind(body + digits)).toBe("svc");
  });

  it("refuses any single changed character", () => {
    const token = mintToken("svc");
    for (let index = 0; index < token.length; index++) {
      const other = token.charAt(index) === "a" ? "b" : "a";
      expect(tokenKind(token.slice(0, index) + other + token.slice(index + 1))).toBeUndefined();
    }
  });

  it.each(["", "lk_svc_", "Bearer x", "lk_adm_".padEnd(56, "0"), "x".repeat(100_000)])(
    "refuses garbage: %.20s",
    (text) => {
      expect(tokenKind(text)).toBeUndefined();
    },
  );

  it("draws every character about equally often", () => {
    const counts = new Map<string, number>();
    const draws = 2_000;
    for (let n = 0; n < draws; n++)
      for (const character of mintToken("svc").slice(7, 50))
        counts.set(character, (counts.get(character) ?? 0) + 1);
    const expected = (draws * 43) / 62;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    expect(counts.size).toBe(62);
    // 61 degrees of freedom: beyond 150 one time in ten thousand million.
    expect(chiSquare).toBeLessThan(150);
  });
});

it("what is kept of a token hangs on the instance's secret (T4)", () => {
  const token = mintToken("svc");
  const first = hashToken(token);
  setInstanceSecret("another secret of at least thirty-two bytes");
  expect(hashToken(token).equals(first)).toBe(false);
  expect(first).toHaveLength(32);
});

it("a text loses the tokens in it, and nothing else (T4)", () => {
  const [one, other] = [mintToken("svc"), mintToken("scim")];
  expect(withoutTokens(`/api/users/${one}?x=${other}`)).toBe("/api/users/lk_svc_…?x=lk_scim_…");
  expect(withoutTokens("lk_svc_ is how they begin")).toBe("lk_svc_ is how they begin");
});
