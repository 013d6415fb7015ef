import type { users } from "@/db/schema";
import { type Complex, type Document, isObject } from "@/lib/scim/protocol/document";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { userSearchKey } from "@/lib/users/insert-account";
import { hasControls, longestName, nameKey, nearestName } from "@/lib/users/name";
import { withKey } from "@/lib/users/person-attributes";

/*
 * A person as SCIM's document, and back. The columns are the truth of userName, externalId and active; what has no
 * column is in `attributes`, and the name and e-mail that the product shows are made from it, here and nowhere else.
 * `active: null` in `attributes` says that a provider has unassigned it: the account goes on as it was.
 *
 * People who were made here have their name whole, as `name.formatted`. In rows that are older than that it is missing,
 * and given when they are read (for filters: lib/scim/search/user-operands.ts), until a provider writes them.
 */

type PersonRow = Pick<
  typeof users.$inferSelect,
  "userId" | "externalId" | "active" | "attributes" | "provisionedAt"
>;
type PersonColumns = Pick<
  typeof users.$inferInsert,
  "userId" | "userIdKey" | "name" | "email" | "externalId" | "attributes" | "attributesKey" | "searchKey"
>;

/** Longer ones fit no index. */
const maxIdLength = 500;

/** The whole document of a stored person. */
export function documentOf(row: PersonRow): Document {
  const { active, ...attributes } = (row.attributes ?? {}) as Document;
  return {
    ...(row.externalId === null ? {} : { externalId: row.externalId }),
    userName: row.userId,
    ...wholeName(row),
    ...attributes,
    ...(active === null ? {} : { active: row.active }),
  };
}

function wholeName({ attributes, provisionedAt }: PersonRow): Document {
  const { displayName } = (attributes ?? {}) as Document;
  return provisionedAt === null && typeof displayName === "string"
    ? { name: { formatted: displayName } }
    : {};
}

/**
 * The columns that a document becomes.
 * @throws ScimError 400 `invalidValue` without a userName, or with one that no person can have (A3)
 */
export function columnsOf(document: Document): PersonColumns {
  const { userName, externalId, active, password: _never, ...rest } = document;
  const userId = requireUserName(userName);
  if (typeof externalId === "string" && externalId.length > maxIdLength)
    throw new ScimError(400, `externalId takes at most ${maxIdLength} characters.`, "invalidValue");
  const name = shownName(document, userId);
  const email = shownEmail(document);
  return {
    userId,
    userIdKey: nameKey(userId),
    name,
    email,
    externalId: typeof externalId === "string" ? externalId : null,
    ...withKey(active === undefined ? { ...rest, active: null as never } : rest),
    searchKey: userSearchKey({ name, userId, email }),
  };
}

function requireUserName(userName: Document[string] | undefined): string {
  if (typeof userName !== "string" || userName.trim() === "")
    throw new ScimError(400, "userName is required.", "invalidValue");
  if (userName.length > maxIdLength)
    throw new ScimError(400, `userName takes at most ${maxIdLength} characters.`, "invalidValue");
  if (hasControls(userName))
    throw new ScimError(400, "userName takes no control or text-direction characters.", "invalidValue");
  if (nameKey(userName).trim().endsWith("@service"))
    throw new ScimError(400, "userName ends in @service, which only service accounts do.", "invalidValue");
  return userName;
}

function shownName(document: Document, userName: string): string {
  const { formatted, givenName, familyName } = isObject(document.name) ? (document.name as Complex) : {};
  const whole = [givenName, familyName].filter((part) => typeof part === "string").join(" ");
  const texts = [document.displayName, formatted, whole, userName];
  const names = texts.map((text) => (typeof text === "string" ? nearestName(text) : undefined));
  // Of a userName that nobody can see there is nothing better to show.
  return names.find((name) => name !== undefined) ?? userName.slice(0, longestName);
}

/** The primary one, else the one at work, else the first. */
function shownEmail(document: Document): string | null {
  const emails = (document.emails as Complex[] | undefined) ?? [];
  const shown =
    emails.find(({ primary }) => primary === true) ??
    emails.find(({ type }) => String(type).toLowerCase() === "work") ??
    emails[0];
  return typeof shown?.value === "string" ? shown.value : null;
}
