import { z } from "zod";
import { roles, userTypes } from "@/db/enums";
import { endpoint } from "@/lib/http/endpoint";
import { idParams, oneOf, pageOf, pageQuery, searchQuery, timestamp } from "@/lib/http/shapes";
import { managedBy } from "@/lib/scim/contract";
import { email, passwordLink } from "@/lib/sign-in/contract";
import { createdToken, newToken, tokenOfPrincipal, tokenSummary } from "@/lib/tokens/contract";
import { nameOf } from "@/lib/users/name";

const teamNames = z
  .array(z.string("Each team is given by its name."), "Must be a list of team names.")
  .max(1000, "Name at most 1000 teams.")
  .default([])
  .meta({ description: "Names of teams, ignoring case. `Public` is always the first." });

/** What a new service account takes (A2); the wizard's first step validates with it too. */
export const newServiceAccount = z
  .object({
    user_type: z.literal("Service").default("Service"),
    name: nameOf("service user"),
    role: oneOf(roles),
    teams: teamNames,
    token: newToken
      .optional()
      .meta({ description: "Also create the account's first token; both exist afterwards, or neither." }),
  })
  .meta({ id: "NewServiceAccount" });
export type NewServiceAccount = z.output<typeof newServiceAccount>;

/** What a new person takes; they set their password through the link in the answer. */
export const newPerson = z
  .object({
    user_type: z.literal("User"),
    name: nameOf("person"),
    email,
    role: oneOf(roles),
    teams: teamNames,
  })
  .meta({ id: "NewPerson" });
export type NewPerson = z.output<typeof newPerson>;

/** What an account is and may; as the audit log keeps it too. */
const accountFields = {
  id: z.int(),
  user_id: z.string(),
  user_name: z.string(),
  email: z.string().nullable(),
  name: z.string(),
  user_type: z.enum(userTypes),
  role: z.enum(roles),
  teams: z.array(z.string()),
  active: z.boolean(),
  description: z.string().nullable(),
  sign_in_email: z.string().nullable().meta({
    description:
      "What a person signs in with; null for a service account and for who has no password sign-in.",
  }),
  managed_by: managedBy
    .nullable()
    .meta({ description: "The identity provider that manages the account; null for none." }),
  created_at: timestamp,
  created_by: z.object({ id: z.int(), user_id: z.string(), name: z.string() }).nullable(),
  last_seen_at: timestamp.nullable(),
};

const account = z.object(accountFields);
export type Account = z.infer<typeof account>;

const user = z
  .object({
    ...accountFields,
    tokens: tokenSummary,
    version: z.string().meta({
      description: "Another after each change of name, role, teams, activity or description; for `If-Match`.",
    }),
  })
  .meta({ id: "User" });
export type User = z.infer<typeof user>;

/** The answer to a creation: with the first token of a service account, or the link by which a person gets in. */
const createdUser = z
  .object({ ...accountFields, token: createdToken.optional(), password_link: passwordLink.optional() })
  .meta({ id: "CreatedUser" });
export type CreatedUser = z.infer<typeof createdUser>;

const currentUser = z
  .object({ ...accountFields, token: tokenOfPrincipal.optional() })
  .meta({ id: "CurrentUser" });
export type CurrentUser = z.infer<typeof currentUser>;

export const userSorts = [
  "name",
  "-name",
  "created_at",
  "-created_at",
  "role",
  "-role",
  "last_seen_at",
  "-last_seen_at",
] as const;

/** What of an account can be changed, each by itself; the *Edit* dialog validates with it too. */
export const userChanges = z
  .object({
    name: nameOf("user").optional(),
    role: oneOf(roles).optional(),
    teams: teamNames.unwrap().optional(),
    active: z.boolean("Must be true or false.").optional(),
    description: z
      .string("The description must be text.")
      .trim()
      .max(500, "Use at most 500 characters.")
      .nullable()
      .transform((text) => text || null)
      .optional(),
  })
  .meta({ id: "UserChanges" });
export type UserChanges = z.output<typeof userChanges>;

export const createUser = endpoint({
  id: "createUser",
  method: "POST",
  path: "/api/users",
  tag: "Users",
  summary: "Create a service account, or a person",
  description:
    "With `token`, also its first token, in the same transaction. The `user_id` is made from the name: `Pipeline Automation` becomes `pipeline_automation@service`. With `user_type` `User` and an `email`, a person, answered with a one-time link to set the password.",
  access: "principal",
  body: z.discriminatedUnion("user_type", [newServiceAccount, newPerson], 'Must be "Service" or "User".'),
  answer: createdUser,
  status: 201,
  secret: true,
  idempotent: true,
  location: (answer: CreatedUser) => `/api/users/${answer.id}`,
});

export const listUsers = endpoint({
  id: "listUsers",
  method: "GET",
  path: "/api/users",
  tag: "Users",
  summary: "List users and service accounts (Manager)",
  access: "principal",
  query: z.object({
    ...pageQuery,
    search: searchQuery.meta({ description: "Part of the name, the id or the e-mail." }),
    user_id: z.string().optional().meta({ description: "Exactly this `user_id`, ignoring case." }),
    user_type: oneOf(userTypes).optional(),
    role: oneOf(roles).optional(),
    team: z.string().optional().meta({ description: "The name of a team." }),
    status: oneOf(["active", "inactive"]).optional(),
    sort: oneOf(userSorts).default("-created_at"),
  }),
  answer: pageOf(user),
});

export const readUser = endpoint({
  id: "readUser",
  method: "GET",
  path: "/api/users/[id]",
  tag: "Users",
  summary: "Read a user",
  description: "Managers read everybody; others themselves.",
  access: "principal",
  params: idParams,
  answer: user,
  version: ({ version }: User) => version,
});

export const readCurrentUser = endpoint({
  id: "readCurrentUser",
  method: "GET",
  path: "/api/users/me",
  tag: "Users",
  summary: "Who am I?",
  description: "The principal of this request and, when it came with one, its token.",
  access: "principal",
  answer: currentUser,
});

export const updateUser = endpoint({
  id: "updateUser",
  method: "PATCH",
  path: "/api/users/[id]",
  tag: "Users",
  summary: "Change a user (Admin)",
  description:
    "Changes the fields that are given; the id stays. `active: false` stops all tokens and sessions at once; `true` brings back the tokens that are neither revoked nor expired. Not one's own role or activity, and not the last Admin who can sign in (409).",
  access: "principal",
  params: idParams,
  body: userChanges,
  answer: user,
  version: ({ version }: User) => version,
  conditional: true,
  refusals: [409],
});

export const deleteUser = endpoint({
  id: "deleteUser",
  method: "DELETE",
  path: "/api/users/[id]",
  tag: "Users",
  summary: "Delete a user (Admin)",
  description:
    "Final: the account goes with its tokens and sessions, and leaves its teams. Its `user_id` is free again, its number is not; the audit log keeps the name. Not yourself, and not the last Admin who can sign in (409).",
  access: "principal",
  params: idParams,
  refusals: [409],
  conditional: true,
});

export const createPasswordLink = endpoint({
  id: "createPasswordLink",
  method: "POST",
  path: "/api/users/[id]/password-link",
  tag: "Users",
  summary: "Give a person a new one-time link (Admin)",
  description:
    "By it they set their password within 72 hours; a link given before stops working, a password set before doesn't.",
  access: "principal",
  params: idParams,
  answer: passwordLink,
  status: 201,
  secret: true,
  idempotent: true,
});
