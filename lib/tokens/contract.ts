import { z } from "zod";
import { tokenStatuses, tokenTypes, userTypes } from "@/db/enums";
import { endpoint } from "@/lib/http/endpoint";
import {
  flag,
  idParams,
  moment,
  oneOf,
  pageOf,
  pageQuery,
  searchQuery,
  timestamp,
  wholeNumber,
} from "@/lib/http/shapes";
import { nameOf } from "@/lib/users/name";

const expiryMessage = "Required: a whole number of days from 1 to 3650, or null for never.";

/** T2: it must be said, also when it is never. */
const expiresInDays = z
  .int(expiryMessage)
  .min(1, expiryMessage)
  .max(3650, expiryMessage)
  .nullable()
  .meta({ description: "Days until the token expires, or null for never.", examples: [90, 365, null] });

/** What a new token takes, whoever it is for. */
export const newToken = z
  .object({
    name: nameOf("token"),
    expires_in_days: expiresInDays,
    scim: z
      .boolean("Must be true or false.")
      .default(false)
      .meta({ description: "A SCIM administration token: works on /api/scim/v2 only." }),
  })
  .meta({ id: "NewToken" });

const accountOfToken = z.object({
  id: z.int(),
  user_id: z.string(),
  name: z.string(),
  user_type: z.enum(userTypes),
});

/** Days back in which a dead token's last call still counts as "still called". */
export const stillCalledWithinDays = 7;

const linkedToken = z.object({ id: z.int(), name: z.string() }).nullable();

const tokenFields = {
  type: z.enum(tokenTypes),
  status: z.enum(tokenStatuses).meta({ description: "`expiring` is active with 14 days or less to go." }),
  scim: z.boolean(),
  hint: z.string().meta({ description: "Kind and last four characters, to recognise the token by." }),
  created_at: timestamp,
  created_by: z.object({ id: z.int(), user_id: z.string(), name: z.string() }).nullable(),
  last_used_at: timestamp.nullable(),
  last_used_ip: z.string().nullable(),
  last_used_user_agent: z.string().nullable(),
  revoked_at: timestamp.nullable().meta({ description: "Since when it is revoked; null while it isn't." }),
  revoked_reason: z
    .enum(["revoked", "rotated"])
    .nullable()
    .meta({ description: "`revoked` by hand, or `rotated`: its overlap is over." }),
  retires_at: timestamp.nullable().meta({ description: "The end of its overlap, once it was rotated." }),
  replaces: linkedToken.meta({ description: "The token that this one took over from." }),
  replaced_by: linkedToken.meta({ description: "The token that takes over from this one." }),
  refused_count: z.int().meta({
    description: "How often it was tried while revoked, expired, or its account deactivated.",
  }),
  last_refused_at: timestamp.nullable(),
  last_refused_ip: z.string().nullable(),
  last_refused_user_agent: z.string().nullable(),
  still_called: z.boolean().meta({
    description: `Revoked or expired, and tried since, within the last ${stillCalledWithinDays} days.`,
  }),
};

/** A token as every answer but its creation shows it: without the secret. */
const token = z
  .object({
    id: z.int(),
    name: z.string(),
    active: z.boolean(),
    expiration: timestamp.nullable(),
    user: accountOfToken,
    ...tokenFields,
  })
  .meta({ id: "Token" });
export type Token = z.infer<typeof token>;

/** The answer to a creation, the only one with `bearer_token`. */
export const createdToken = z
  .object({
    id: z.int(),
    name: z.string(),
    active: z.boolean(),
    expiration: timestamp.nullable(),
    bearer_token: z.string().meta({ description: "The secret. This answer alone carries it." }),
    user: accountOfToken,
    ...tokenFields,
  })
  .meta({ id: "CreatedToken" });
export type CreatedToken = z.infer<typeof createdToken>;

export const tokenSorts = [
  "name",
  "-name",
  "created_at",
  "-created_at",
  "expiration",
  "-expiration",
  "last_used_at",
  "-last_used_at",
] as const;

/** Whose tokens, and of which type. */
const tokenScope = {
  owner: oneOf(["me", "all"]).default("me").meta({ description: "Your own, or everybody's (Admin)." }),
  type: oneOf([...tokenTypes, "All"])
    .default("Personal")
    .meta({ description: "`All` is Personal and Service tokens in one list." }),
  user_id: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional().meta({ description: "Of this account only." }),
};

const { user_id } = tokenScope;
const tokenFilters = {
  ...pageQuery,
  search: searchQuery,
  status: oneOf(tokenStatuses).optional(),
  still_called: flag.optional().meta({
    description: `Revoked or expired, and tried since, within the last ${stillCalledWithinDays} days.`,
  }),
  never_used: flag.optional().meta({ description: "Active, and never used so far." }),
  rotating: flag.optional().meta({
    description: "In the overlap of a rotation: the old tokens that still work, and their successors.",
  }),
  user_id,
  expires_before: moment.optional(),
  unused_for_days: wholeNumber(1, 3650).optional(),
  sort: oneOf(tokenSorts).default("-created_at"),
};

export const createToken = endpoint({
  id: "createToken",
  method: "POST",
  path: "/api/user-tokens",
  tag: "Tokens",
  summary: "Create a token",
  description:
    "A Service token for a service account (Admin), or a Personal token for yourself. `user_id` is the number of the account.",
  access: "principal",
  body: newToken.extend({
    user_id: z.int("Required: the number of the account.").positive("Must be the number of an account."),
  }),
  answer: createdToken,
  status: 201,
  secret: true,
  idempotent: true,
  location: (answer: CreatedToken) => `/api/user-tokens/${answer.id}`,
});

export const listTokens = endpoint({
  id: "listTokens",
  method: "GET",
  path: "/api/user-tokens",
  tag: "Tokens",
  summary: "List tokens: your Personal ones, unless told otherwise",
  description:
    "With `owner=all`, those of everybody (Admin); with `type`, Service tokens instead or as well.",
  access: "principal",
  query: z.object({ ...tokenFilters, ...tokenScope }),
  answer: pageOf(token),
});

export const listServiceTokens = endpoint({
  id: "listServiceTokens",
  method: "GET",
  path: "/api/user-tokens/service",
  tag: "Tokens",
  summary: "List all Service tokens (Admin)",
  access: "principal",
  query: z.object(tokenFilters),
  answer: pageOf(token),
});

export const summarizeTokens = endpoint({
  id: "summarizeTokens",
  method: "GET",
  path: "/api/user-tokens/summary",
  tag: "Tokens",
  summary: "Count the tokens that want attention",
  description:
    "Each count is the `total` of the list under the filter that it names; above 10,000 an estimate.",
  access: "principal",
  query: z.object(tokenScope),
  answer: z
    .object({
      expiring: z.int().meta({ description: "`status=expiring`" }),
      still_called: z.int().meta({ description: "`still_called=true`" }),
      never_used: z.int().meta({ description: "`never_used=true`" }),
    })
    .meta({ id: "TokenCounts" }),
});

export const readToken = endpoint({
  id: "readToken",
  method: "GET",
  path: "/api/user-tokens/[id]",
  tag: "Tokens",
  summary: "Read a token",
  access: "principal",
  params: idParams,
  answer: token,
});

export const changeToken = endpoint({
  id: "changeToken",
  method: "PUT",
  path: "/api/user-tokens/[id]",
  tag: "Tokens",
  summary: "Revoke, restore or rename a token",
  description:
    '`{"revoke": true}` stops it at once on every instance, `{"revoke": false}` restores it unless it has expired, `{"name"}` renames it.',
  access: "principal",
  params: idParams,
  body: z
    .object({
      revoke: z.boolean("Must be true to revoke, false to restore.").optional(),
      name: nameOf("token").optional(),
    })
    .refine(({ revoke, name }) => revoke !== undefined || name !== undefined, {
      path: ["revoke"],
      error: "Say what to change: revoke (true or false) or name.",
    })
    .meta({ minProperties: 1 }),
  answer: token,
  refusals: [409],
});

const overlapMessage = "Must be a whole number of hours from 0 to 720.";

export const rotateToken = endpoint({
  id: "rotateToken",
  method: "POST",
  path: "/api/user-tokens/[id]/rotation",
  tag: "Tokens",
  summary: "Rotate a token",
  description:
    "Makes a successor with the same account and SCIM flag. The old token lives on for `overlap_hours`, never past its own expiry, so that clients can switch without an outage; 0 ends it at once. The owner of a Personal token, an Admin of others.",
  access: "principal",
  params: idParams,
  body: z.object({
    expires_in_days: expiresInDays,
    overlap_hours: z
      .int(overlapMessage)
      .min(0, overlapMessage)
      .max(720, overlapMessage)
      .default(24)
      .meta({ description: "Hours for which the old token still works." }),
    name: nameOf("token").optional().meta({
      description: "By default the old one's with the next free number: `nightly`, `nightly-2`, `nightly-3`.",
    }),
  }),
  answer: createdToken,
  status: 201,
  secret: true,
  idempotent: true,
  location: (answer: CreatedToken) => `/api/user-tokens/${answer.id}`,
});

export const deleteToken = endpoint({
  id: "deleteToken",
  method: "DELETE",
  path: "/api/user-tokens/[id]",
  tag: "Tokens",
  summary: "Delete a revoked token",
  description: "Final. A token that isn't revoked, an expired one too, is revoked first (409).",
  access: "principal",
  params: idParams,
  refusals: [409],
});

const idsMessage = "Required: 1 to 100 ids of tokens.";
const manyTokens = z.object({
  ids: z
    .array(z.int("Must be the number of a token.").positive("Must be the number of a token."), idsMessage)
    .min(1, idsMessage)
    .max(100, idsMessage),
});

/** What became of each token, in the order asked; a refusal of one leaves the others alone. */
const rowResults = z
  .object({
    items: z.array(
      z.object({
        id: z.int(),
        done: z.boolean(),
        problem: z.object({ status: z.int(), code: z.string(), detail: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: "RowResults" });
export type RowResults = z.infer<typeof rowResults>;

export const revokeTokens = endpoint({
  id: "revokeTokens",
  method: "POST",
  path: "/api/user-tokens/revocations",
  tag: "Tokens",
  summary: "Revoke many tokens",
  description: "Each by itself, with its own audit entry: the answer says of each whether it is done.",
  access: "principal",
  body: manyTokens,
  answer: rowResults,
});

export const deleteTokens = endpoint({
  id: "deleteTokens",
  method: "POST",
  path: "/api/user-tokens/deletions",
  tag: "Tokens",
  summary: "Delete many revoked tokens",
  description: "Each by itself, with its own audit entry: the answer says of each whether it is done.",
  access: "principal",
  body: manyTokens,
  answer: rowResults,
});

/** What an account holds, in a few figures. */
export const tokenSummary = z
  .object({
    total: z.int(),
    active: z.int(),
    next_expiration: timestamp.nullable().meta({ description: "When the first of the active ones expires." }),
    last_used_at: timestamp.nullable(),
  })
  .meta({ id: "TokenSummary" });
export type TokenSummary = z.infer<typeof tokenSummary>;

/** The principal's token, where a request came with one. */
export const tokenOfPrincipal = z.object({
  id: z.int(),
  name: z.string(),
  expiration: timestamp.nullable(),
  scim: z.boolean(),
});
