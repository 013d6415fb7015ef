import { expect, it } from "vitest";
import { describeType } from "@/lib/openapi/describe-type";
import type { JsonSchema } from "@/lib/openapi/types";

it.each<[JsonSchema, string]>([
  [{ type: "string" }, "string"],
  [{ type: "string", minLength: 12, maxLength: 128 }, "string, 12 to 128 characters"],
  [{ type: "integer", minimum: 1 }, "integer, at least 1"],
  [{ type: ["string", "null"] }, "string or null"],
  [
    { anyOf: [{ type: "integer", minimum: 1, maximum: 3650 }, { type: "null" }] },
    "integer, 1 to 3650, or null",
  ],
  [{ type: "string", enum: ["name", "-name"] }, '"name" or "-name"'],
  [{ type: "string", enum: ["a", "b", "c"] }, '"a", "b", or "c"'],
  [{ type: "string", const: "Service" }, '"Service"'],
  [{ type: "array", items: { $ref: "#/components/schemas/User" } }, "array of User"],
  [{ oneOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }] }, "A or B"],
  [{ type: "string", format: "date-time" }, "moment (ISO 8601)"],
  [{}, "any"],
])("%j is %s", (schema, words) => {
  expect(describeType(schema)).toBe(words);
});
