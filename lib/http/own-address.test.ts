import { expect, it } from "vitest";
import { ownAddress } from "@/lib/http/own-address";

it.each([
  ["127.0.0.1", "http://127.0.0.1:3000"],
  ["0.0.0.0", "http://127.0.0.1:3000"],
  ["::", "http://[::1]:3000"],
  ["2001:db8::7", "http://[2001:db8::7]:3000"],
  ["keys.internal", "http://keys.internal:3000"],
])("what listens on %s is reached at %s", (host, expected) => {
  expect(ownAddress(host, 3000)).toBe(expected);
});
