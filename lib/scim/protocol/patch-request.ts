import { fieldsOf, isObject } from "@/lib/scim/protocol/document";
import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";

export interface PatchOperation {
  op: "add" | "replace" | "remove";
  path?: string;
  value?: unknown;
}

/** One request changes at most this much, so that nobody holds a row for minutes. */
const maxOperations = 10_000;

/**
 * Reads a PatchOp message (RFC 7644 §3.5.2); `op` in any case, since Entra ID sends `Add`.
 * @throws ScimError 400 `invalidSyntax`
 */
export function readPatchRequest(body: Record<string, unknown>): PatchOperation[] {
  const { operations: given } = fieldsOf(body);
  if (!Array.isArray(given) || given.length === 0)
    throw new ScimError(400, "Operations takes a list of at least one operation.", "invalidSyntax");
  if (given.length > maxOperations)
    throw new ScimError(413, `Send at most ${maxOperations} operations at once.`);
  return given.map(readOperation);
}

function readOperation(given: unknown): PatchOperation {
  if (!isObject(given)) throw new ScimError(400, "Each operation is an object.", "invalidSyntax");
  const fields = fieldsOf(given);
  const { op, path, value } = fields;
  const word = typeof op === "string" ? op.toLowerCase() : undefined;
  if (word !== "add" && word !== "replace" && word !== "remove")
    throw new ScimError(400, `op takes add, replace or remove, not ${quoted(String(op))}.`, "invalidSyntax");
  if (path !== undefined && path !== null && typeof path !== "string")
    throw new ScimError(400, "path takes text.", "invalidPath");
  if (word !== "remove" && !("value" in fields))
    throw new ScimError(400, `The operation ${word} takes a value.`, "invalidValue");
  return { op: word, ...(path ? { path } : {}), ...("value" in fields ? { value } : {}) };
}
