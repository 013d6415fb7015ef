import { expect, it } from "vitest";
import { canonicalPath, isPlainPath, methodsAt } from "@/lib/http/resolve-path";

it.each([
  ["/users", "/api/users"],
  ["/users/7", "/api/users/7"],
  ["/user-tokens/", "/api/user-tokens"],
  ["/teams", "/api/teams"],
  ["/api/users/", "/api/users"],
  ["/userspace", "/userspace"],
  ["/", "/"],
])("%s is %s", (path, expected) => {
  expect(canonicalPath(path)).toBe(expected);
});

it.each(["/", "/settings/security/users/7", "/_next/static/a..b.js", "/...", "/%2e%2e%2e", "/.well-known/x"])(
  "%s is read in one way",
  (path) => expect(isPlainPath(path)).toBe(true),
);

it.each(["*", "/..", "/x/../api", "/_next/%2e%2E/api", "/./api", "/x/.", "/.%2e/x", "/\\evil.example"])(
  "%s is not: it comes out elsewhere",
  (path) => expect(isPlainPath(path)).toBe(false),
);

it("knows which methods a path takes, a literal before a parameter", () => {
  expect(methodsAt("/api/users")).toEqual(expect.arrayContaining(["GET", "POST", "HEAD"]));
  expect(methodsAt("/api/users/me")).toEqual(["GET", "HEAD"]);
  expect(methodsAt("/api/nothing")).toEqual([]);
  expect(methodsAt("/api/users/")).toEqual([]);
});
