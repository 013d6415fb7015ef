import type { JsonSchema } from "@/lib/openapi/types";

/** A type in a few words: "string, 1 to 20 characters, or null". The names of objects stand for themselves. */
export function describeType(schema: JsonSchema): string {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return joined(alternatives.map(describeType));
  if (schema.$ref) return schemaName(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return joined(schema.enum.map((value) => JSON.stringify(value)));
  if (Array.isArray(schema.type)) return joined(schema.type.map((type) => describeType({ ...schema, type })));
  if (schema.type === "array") return `array of ${describeType(schema.items ?? {})}`;
  return [formats[schema.format ?? ""] ?? schema.type ?? "any", bounds(schema)].filter(Boolean).join(", ");
}

/** "User" for "#/components/schemas/User". */
export function schemaName(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

const formats: Record<string, string> = {
  "date-time": "moment (ISO 8601)",
  email: "e-mail address",
  "uri-reference": "address",
};

function bounds({ type, minimum, maximum, minLength, maxLength }: JsonSchema): string {
  if (type === "string") return range(minLength, maxLength, " characters");
  return type === "integer" || type === "number" ? range(minimum, maximum, "") : "";
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most === undefined ? "" : `at most ${most}${unit}`;
}

/** A comma also before the "or" where an alternative has one of its own. */
function joined(alternatives: string[]): string {
  if (alternatives.length < 2) return alternatives.join("");
  const last = alternatives.at(-1);
  const rest = alternatives.slice(0, -1).join(", ");
  return `${rest}${rest.includes(",") ? "," : ""} or ${last}`;
}
