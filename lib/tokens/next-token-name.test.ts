import { expect, it } from "vitest";
import { nextTokenName } from "@/lib/tokens/next-token-name";
import { nameKey } from "@/lib/users/name";

it.each([
  ["pipeline-production", [], "pipeline-production-2"],
  ["x-2", [], "x-3"],
  ["x-2", ["x-3", "X-4"], "x-5"],
  ["x", ["x-2"], "x-3"],
  ["x-09", [], "x-10"],
  ["-7", [], "-7-2"],
  ["build-20261123120000", [], "build-20261123120000-2"],
  ["n".repeat(100), [], `${"n".repeat(98)}-2`],
  [`${"n".repeat(98)}-9`, [], `${"n".repeat(97)}-10`],
  [`${"n".repeat(97)}-q4`, [], `${"n".repeat(97)}-2`],
  ["🔑".repeat(100), [], `${"🔑".repeat(98)}-2`],
])("%s, with %j taken, is followed by %s (T7)", (name, taken, expected) => {
  expect(nextTokenName(name, new Set(taken.map(nameKey)))).toBe(expected);
});
