import { expect, it } from "vitest";
import { requestOrigin } from "@/lib/http/request-origin";
import { mintToken } from "@/lib/tokens/format";

it("a token that a client sends as its name is not handed on (T4)", () => {
  const headers = new Headers({ "user-agent": `sync/1 (${mintToken("pat")})` });
  expect(requestOrigin(headers).userAgent).toBe("sync/1 (lk_pat_…)");
  expect(requestOrigin(new Headers()).userAgent).toBeNull();
});
