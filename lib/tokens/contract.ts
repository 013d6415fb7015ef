import { z } from "zod";
import { tokenStatuses, tokenTypes, userTypes } from "@/db/enums";
import { endpoint } from "@/lib/http/endpoint";
import { idParams, oneOf, pageOf, pageQuery, searchQuery, timestamp, wholeNumber } from "@/lib/http/shapes";
import { nameOf } from "@/lib/users/name";

const expiryMessage = "Required: a whole number of days from 1 to 3650, or null for never.";

/** What a new token takes, whoever it is for. */
export const newToken = z
  .object({
    name: nameOf("token"),
    expires_in_days: z
      .int(expiryMessage)
      .min(1, expiryMessage)
      .max(3650, expiryMessage)
      .nullable()
      .meta({ description: "Days until the token expires, or null for never.", examples: [90, 365, null] }),
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
  revoked_at: timestamp.nullable(),
  revoked_reason: z.string().nullable(),
};

/** A token as every answer but its creation shows it: without the secret. */
export const token = z
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

const tokenFilters = {
  ...pageQuery,
  search: searchQuery,
  status: oneOf(tokenStatuses).optional(),
  user_id: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  expires_before: z.iso
    .datetime({ offset: true, error: "Must be an ISO 8601 moment with its zone." })
    .optional(),
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

export const listPersonalTokens = endpoint({
  id: "listPersonalTokens",
  method: "GET",
  path: "/api/user-tokens",
  tag: "Tokens",
  summary: "List your Personal tokens",
  description: "With `owner=all`, those of everybody (Admin).",
  access: "principal",
  query: z.object({ ...tokenFilters, owner: oneOf(["me", "all"]).default("me") }),
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
    }),
  answer: token,
});

/** The principal's token, where a request came with one. */
export const tokenOfPrincipal = z.object({
  id: z.int(),
  name: z.string(),
  expiration: timestamp.nullable(),
  scim: z.boolean(),
});
