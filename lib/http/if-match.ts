import { Problem } from "@/lib/errors";

/**
 * Lets a change go on only from the version it was made for (RFC 9110 §13.1.1): what stands there must be among those
 * that `If-Match` names, weak or strong; without the header any will do.
 * @throws Problem `changed_meanwhile` (412)
 */
export function requireVersion(ifMatch: string | null, version: string, what: string): void {
  if (ifMatch === null || ifMatch.trim() === "*") return;
  const named = ifMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (!named.includes(`"${version}"`))
    throw new Problem(
      "changed_meanwhile",
      `${what} was changed meanwhile. Look at it again before you change it.`,
    );
}
