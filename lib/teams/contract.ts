import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { idParams, oneOf, pageOf, pageQuery, searchQuery, timestamp } from "@/lib/http/shapes";
import { managedBy } from "@/lib/scim/contract";
import { nameOf } from "@/lib/users/name";

const description = z.string("The description must be text.").trim().max(500, "Use at most 500 characters.");

/** What a new team takes; the *Team* dialog validates with it too. */
export const newTeam = z
  .object({
    name: nameOf("team"),
    description: description.nullish().transform((text) => text || null),
  })
  .meta({ id: "NewTeam" });

/** What of a team can be changed, each by itself. */
const teamChanges = z
  .object({
    name: nameOf("team").optional(),
    description: description
      .nullable()
      .transform((text) => text || null)
      .optional(),
  })
  .meta({ id: "TeamChanges" });
export type TeamChanges = z.output<typeof teamChanges>;

const accountIds = z
  .array(z.int("Each account is given by its number.").positive("Each account is given by its number."), {
    error: "Must be a list of the numbers of accounts.",
  })
  .max(1000, "Give at most 1000 accounts at a time.")
  .default([]);

/** Who joins a team and who leaves it. */
const membershipChanges = z
  .object({
    add: accountIds.meta({ description: "Numbers of accounts that join; those who are members stay." }),
    remove: accountIds.meta({ description: "Numbers of accounts that leave; others are passed over." }),
  })
  .refine(({ add, remove }) => !add.some((id) => remove.includes(id)), {
    path: ["remove"],
    error: "An account either joins or leaves.",
  })
  .meta({ id: "MembershipChanges" });
export type MembershipChanges = z.output<typeof membershipChanges>;

const team = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string().nullable(),
    member_count: z.int(),
    locked: z
      .boolean()
      .meta({ description: "`Public`: holds everybody, can't be renamed, left or deleted." }),
    managed_by: managedBy
      .nullable()
      .meta({ description: "The identity provider that manages the team; null for none." }),
    created_at: timestamp,
  })
  .meta({ id: "Team" });
export type Team = z.infer<typeof team>;

export const createTeam = endpoint({
  id: "createTeam",
  method: "POST",
  path: "/api/teams",
  tag: "Teams",
  summary: "Create a team (Admin)",
  access: "principal",
  body: newTeam,
  answer: team,
  status: 201,
  idempotent: true,
  location: (answer: Team) => `/api/teams/${answer.id}`,
});

export const listTeams = endpoint({
  id: "listTeams",
  method: "GET",
  path: "/api/teams",
  tag: "Teams",
  summary: "List teams (Manager)",
  description: "`Public` stands first, whatever the order.",
  access: "principal",
  query: z.object({
    ...pageQuery,
    search: searchQuery,
    sort: oneOf(["name", "-name", "created_at", "-created_at"]).default("name"),
  }),
  answer: pageOf(team),
});

export const readTeam = endpoint({
  id: "readTeam",
  method: "GET",
  path: "/api/teams/[id]",
  tag: "Teams",
  summary: "Read a team (Manager)",
  access: "principal",
  params: idParams,
  answer: team,
});

export const updateTeam = endpoint({
  id: "updateTeam",
  method: "PATCH",
  path: "/api/teams/[id]",
  tag: "Teams",
  summary: "Rename or describe a team (Admin)",
  description:
    "Changes the fields that are given; the members stay. The gate tells the new name at once. `Public` is locked (409).",
  access: "principal",
  params: idParams,
  body: teamChanges,
  answer: team,
  refusals: [409],
});

export const deleteTeam = endpoint({
  id: "deleteTeam",
  method: "DELETE",
  path: "/api/teams/[id]",
  tag: "Teams",
  summary: "Delete a team (Admin)",
  description: "Its members leave it and stay as accounts. `Public` is locked (409).",
  access: "principal",
  params: idParams,
  refusals: [409],
});

export const changeTeamMembers = endpoint({
  id: "changeTeamMembers",
  method: "PATCH",
  path: "/api/teams/[id]/members",
  tag: "Teams",
  summary: "Add and remove members of a team (Admin)",
  description:
    "All of it or, with an unknown account (422), nothing. Others who change the team at the same time lose nothing by it. Who is a member: `GET /api/users?team=`.",
  access: "principal",
  params: idParams,
  body: membershipChanges,
  answer: team,
  refusals: [409],
});
