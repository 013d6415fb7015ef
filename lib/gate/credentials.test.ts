import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { readAskedToken } from "@/lib/gate/credentials";

const form = (body: string, type = "application/x-www-form-urlencoded") =>
  Object.assign(Readable.from([body]), { headers: { "content-type": type } }) as unknown as IncomingMessage;

it("the token that is asked about is read from a form", async () => {
  expect(await readAskedToken(form("token=a%20b&token_type_hint=access_token"))).toBe("a b");
  expect(await readAskedToken(form("token="))).toBe("");
});

it.each([
  ["no token", form("hint=x")],
  ["two of them, whichever is good (RFC 6749 §3.1)", form("token=good&token=bad")],
  ["another media type", form('{"token":"x"}', "application/json")],
  ["more than 16 KiB", form(`token=${"a".repeat(16 * 1024)}`)],
])("%s is none", async (_, request) => {
  expect(await readAskedToken(request)).toBeUndefined();
});
