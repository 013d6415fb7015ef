import type { teams } from "@/db/schema";
import type { GroupRow } from "@/lib/scim/groups/rows";
import type { Document } from "@/lib/scim/protocol/document";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { hasControls, teamKey } from "@/lib/users/name";

/** Longer ones fit no index. */
const maxLength = 500;

/** A group's own attributes, without its members. */
export function documentOf({ name, externalId }: Pick<GroupRow, "name" | "externalId">): Document {
  return { ...(externalId === null ? {} : { externalId }), displayName: name };
}

/**
 * The columns that they become.
 * @throws ScimError 400 `invalidValue` without a displayName, or with one that no team can have
 */
export function columnsOf({
  displayName,
  externalId,
}: Document): Pick<typeof teams.$inferInsert, "name" | "nameKey" | "externalId"> {
  if (typeof displayName !== "string" || displayName.trim() === "")
    throw new ScimError(400, "displayName is required.", "invalidValue");
  if (hasControls(displayName))
    throw new ScimError(400, "displayName takes no control or text-direction characters.", "invalidValue");
  for (const [name, text] of Object.entries({ displayName, externalId }))
    if (typeof text === "string" && text.length > maxLength)
      throw new ScimError(400, `${name} takes at most ${maxLength} characters.`, "invalidValue");
  return {
    name: displayName,
    nameKey: teamKey(displayName),
    externalId: typeof externalId === "string" ? externalId : null,
  };
}

export function nameTaken(displayName: string): ScimError {
  return new ScimError(409, `There is a Group with the displayName ${displayName} already.`, "uniqueness");
}
