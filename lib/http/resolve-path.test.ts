import { expect, it } from "vitest";
import { canonicalPath, methodsAt } from "@/lib/http/resolve-path";

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

it("knows which methods a path takes, a literal before a parameter", () => {
  expect(methodsAt("/api/users")).toEqual(expect.arrayContaining(["GET", "POST", "HEAD"]));
  expect(methodsAt("/api/users/me")).toEqual(["GET", "HEAD"]);
  expect(methodsAt("/api/nothing")).toEqual([]);
  expect(methodsAt("/api/users/")).toEqual([]);
});
