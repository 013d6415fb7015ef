import { type AttributePath, findPath, type WholeSchema } from "@/lib/scim/protocol/attribute-path";
import { type Attribute, type ResourceType, subAttribute } from "@/lib/scim/protocol/attributes";
import { type Filter, parseElementFilter } from "@/lib/scim/protocol/filter";
import { FilterReader } from "@/lib/scim/protocol/filter-reader";
import { quoted, ScimError } from "@/lib/scim/protocol/scim-error";

/** Where a PATCH operation works (RFC 7644 §3.5.2): `name.givenName`, `emails[type eq "work"].value`, `urn:…`. */
export interface PatchTarget {
  path: AttributePath;
  /** Which elements; absent for all. */
  filter?: Filter;
  /** Which part of them; absent for all of it. */
  sub?: Attribute;
}

/**
 * Reads a path.
 * @returns "unknown schema" for an attribute under a URN that this server doesn't have
 * @throws ScimError 400 `invalidPath` or `invalidFilter`
 */
export function parsePatchPath(
  type: ResourceType,
  text: string,
): PatchTarget | WholeSchema | "unknown schema" {
  const reader = new FilterReader(text, "invalidPath");
  const found = findPath(type, reader.name());
  if (found === "unknown attribute")
    throw new ScimError(400, `${type.name} has no attribute ${quoted(text)}.`, "invalidPath");
  if (found === "unknown schema") return found;
  if ("wholeSchema" in found) {
    reader.expectEnd();
    return found;
  }
  if (!reader.isAt("[")) {
    reader.expectEnd();
    return { path: found, ...(found.sub && { sub: found.sub }) };
  }

  const { attribute } = found;
  if (!attribute.multiValued || found.sub)
    throw new ScimError(400, `${attribute.name} has no elements to select by [ ].`, "invalidPath");
  const filter = parseElementFilter(found, reader);
  const subName = reader.takeSubName();
  reader.expectEnd();
  if (subName === undefined) return { path: found, filter };
  const sub = subAttribute(attribute, subName);
  if (!sub) throw new ScimError(400, `${attribute.name} has no ${quoted(subName)}.`, "invalidPath");
  return { path: found, filter, sub };
}
