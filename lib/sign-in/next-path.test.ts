import fc from "fast-check";
import { expect, it } from "vitest";
import { safeNextPath } from "@/lib/sign-in/next-path";

it.each(["/settings/tokens", "/settings/tokens?type=personal&page=2", "/api/docs#errors"])(
  "keeps %s",
  (path) => {
    expect(safeNextPath(path)).toBe(path);
  },
);

it.each([
  undefined,
  ["/settings", "/settings"],
  "",
  "settings",
  "https://evil.example/",
  "//evil.example",
  "///evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "\n//evil.example",
  "/.//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
])("leads home instead of %j", (wanted) => {
  expect(safeNextPath(wanted)).toBe("/settings");
});

it("never leaves the site, whatever is asked for", () => {
  const here = "https://latchkey.example.com";
  const slashes = fc.string({
    unit: fc.constantFrom("/", "\\", ".", "\t", "\n", "@", ":", "e", "?", "#", "%2f"),
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), slashes), (wanted) => {
      expect(new URL(safeNextPath(wanted), here).origin).toBe(here);
    }),
  );
});
