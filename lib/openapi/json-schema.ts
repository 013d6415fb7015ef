import { z } from "zod";
import type { JsonSchema } from "@/lib/openapi/types";

/** `input` is what a request may send, `output` what an answer carries. */
type Direction = "input" | "output";

/**
 * The JSON Schema of a contract's shape. Shapes with an `id` in their metadata are put into `schemas`, the document's
 * named ones, and referred to.
 */
export function toJsonSchema(
  shape: z.ZodType,
  direction: Direction,
  schemas: Record<string, JsonSchema>,
): JsonSchema {
  // Inside another, a shape with an id becomes a reference too.
  const converted = z.toJSONSchema(z.object({ shape }), { io: direction, override: simplify });
  const { $defs = {}, properties } = intoComponents(converted);
  for (const [name, schema] of Object.entries($defs)) schemas[name] ??= schema;
  return properties?.shape ?? {};
}

type Converted = JsonSchema & { $defs?: Record<string, JsonSchema> };

function intoComponents(schema: unknown): Converted {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as Converted;
}

/** Leaves out what helps nobody: the pattern behind a format, the bounds of safe integers, "no other keys". */
function simplify({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Answers gain keys with time; clients must not choke on them.
  delete jsonSchema.additionalProperties;
  delete jsonSchema.id;
}
