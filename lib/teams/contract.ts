import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { idParams, oneOf, pageOf, pageQuery, searchQuery, timestamp } from "@/lib/http/shapes";
import { nameOf } from "@/lib/users/name";

/** What a new team takes; the *Team* dialog validates with it too. */
export const newTeam = z
  .object({
    name: nameOf("team"),
    description: z
      .string("The description must be text.")
      .trim()
      .max(500, "Use at most 500 characters.")
      .nullish()
      .transform((text) => text || null),
  })
  .meta({ id: "NewTeam" });

export const team = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string().nullable(),
    member_count: z.int(),
    locked: z
      .boolean()
      .meta({ description: "`Public`: holds everybody, can't be renamed, left or deleted." }),
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
