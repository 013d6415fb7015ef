import { fieldsOf, isObject } from "@/lib/scim/protocol/document";
import { ScimError } from "@/lib/scim/protocol/scim-error";

/** At most so many operations come at once; told in ServiceProviderConfig. */
export const maxBulkOperations = 1_000;

export interface BulkOperation {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** As it came: `/Users`, `/Groups/7`, `/Users/bulkId:x`. */
  path: string;
  bulkId?: string;
  version?: string;
  data: Record<string, unknown>;
}

/** An operation that can't be carried out as it stands, to be answered in its place. */
export interface BadOperation {
  method?: string;
  bulkId?: string;
  fault: ScimError;
}

export interface BulkRequest {
  operations: (BulkOperation | BadOperation)[];
  /** After so many failures the rest is left undone. */
  failOnErrors: number;
}

/**
 * Reads a BulkRequest (RFC 7644 §3.7).
 * @throws ScimError 400 `invalidSyntax`, 413 for too many operations
 */
export function readBulkRequest(body: Record<string, unknown>): BulkRequest {
  const { operations: given, failonerrors } = fieldsOf(body);
  if (!Array.isArray(given))
    throw new ScimError(400, "Operations takes a list of operations.", "invalidSyntax");
  if (given.length > maxBulkOperations)
    throw new ScimError(413, `Send at most ${maxBulkOperations} operations at once, not ${given.length}.`);
  const failOnErrors = failonerrors ?? Number.MAX_SAFE_INTEGER;
  if (!isCount(failOnErrors))
    throw new ScimError(400, "failOnErrors takes a whole number from 1.", "invalidValue");
  return { operations: given.map(readOperation), failOnErrors };
}

function readOperation(given: unknown): BulkOperation | BadOperation {
  if (!isObject(given)) return { fault: new ScimError(400, "Each operation is an object.", "invalidSyntax") };
  const { method, path, bulkid: bulkId, version, data } = fieldsOf(given);
  const told = {
    ...(typeof method === "string" && { method }),
    ...(typeof bulkId === "string" && { bulkId }),
  };
  const refuse = (detail: string) => ({ ...told, fault: new ScimError(400, detail, "invalidSyntax") });

  const word = typeof method === "string" ? method.toUpperCase() : "";
  if (word !== "POST" && word !== "PUT" && word !== "PATCH" && word !== "DELETE")
    return refuse("method takes POST, PUT, PATCH or DELETE.");
  if (typeof path !== "string") return refuse("path takes text, as /Users or /Users/7.");
  if (word === "POST" && !told.bulkId) return refuse("A POST takes a bulkId.");
  if (!isVersion(version)) return refuse("version takes the version of a resource, as it was told.");
  if (word !== "DELETE" && !isObject(data)) return refuse(`A ${word} takes data.`);
  return {
    method: word,
    path,
    ...(told.bulkId ? { bulkId: told.bulkId } : {}),
    ...(typeof version === "string" ? { version } : {}),
    data: isObject(data) ? data : {},
  };
}

function isCount(given: unknown): given is number {
  return Number.isInteger(given) && Number(given) >= 1;
}

/** A version that is none must not let the operation through as if there were none. */
function isVersion(given: unknown): boolean {
  return given === undefined || given === null || (typeof given === "string" && /^[\x20-\x7E]*$/.test(given));
}
