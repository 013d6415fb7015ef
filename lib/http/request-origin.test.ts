import { expect, it } from "vitest";
import { originHeader } from "@/lib/http/internal-headers";
import { isSecure, requestOrigin } from "@/lib/http/request-origin";
import { mintToken } from "@/lib/tokens/format";

it("a token that a client sends as its name is not handed on (T4)", () => {
  const headers = new Headers({ "user-agent": `sync/1 (${mintToken("pat")})` });
  expect(requestOrigin(headers).userAgent).toBe("sync/1 (lk_pat_…)");
  expect(requestOrigin(new Headers()).userAgent).toBeNull();
});

it.each([
  [{ [originHeader]: "http://10.0.0.7:3000", origin: "https://keys.example.com" }, true],
  [{ [originHeader]: "https://keys.example.com" }, true],
  [{ [originHeader]: "http://10.0.0.7:3000", origin: "http://10.0.0.7:3000" }, false],
  [{ [originHeader]: "http://10.0.0.7:3000" }, false],
])("%j: came over https: %s", (headers, expected) => {
  expect(isSecure(new Headers(headers))).toBe(expected);
});
