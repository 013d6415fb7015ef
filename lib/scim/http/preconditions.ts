import { ScimError } from "@/lib/scim/protocol/scim-error";

/**
 * Holds a change back when the resource isn't what the client knows (RFC 7644 §3.14). Weak and strong tags compare
 * alike; `*` is any version.
 * @throws ScimError 412
 */
export function requireVersion(ifMatch: string | null | undefined, version: string): void {
  if (ifMatch === null || ifMatch === undefined || names(ifMatch, version)) return;
  throw new ScimError(
    412,
    `The resource has changed: it is at version ${version}, not ${ifMatch.slice(0, 100)}.`,
  );
}

/** Whether the client has this version already, so that 304 will do. */
export function hasVersion(ifNoneMatch: string | null, version: string): boolean {
  return ifNoneMatch !== null && names(ifNoneMatch, version);
}

function names(header: string, version: string): boolean {
  const tags = header.split(",").map((tag) => tag.trim());
  return tags.some((tag) => tag === "*" || opaque(tag) === opaque(version));
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
}
