import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { db } from "@/db/client";
import { teamMembers, teams } from "@/db/schema";
import { fill, openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";

openTestInstance();

let scim: ScimClient;
let group: number;
let members: string[];

/** The statistics know small groups only, as a database does a moment after the first sync of a large one. */
beforeAll(async () => {
  scim = await openScim();
  const people = "select id from users where user_type = 'User'";
  await fill(
    "alter table team_members set (autovacuum_enabled = false)",
    `insert into users (user_id, user_id_key, name, user_type, role, search_key, created_at, updated_at)
      select 'u' || n, 'u' || n, 'U', 'User', 'Member', 'u', now(), now() from generate_series(1, 10000) n`,
    "insert into teams (name, name_key, created_at) select 'S' || n, 's' || n, now() from generate_series(1, 50) n",
    `insert into team_members (user_id, team_id, position)
      select person.id, teams.id, 0 from teams, lateral (${people} limit 40) person where name_key like 's%'`,
    "analyze",
    "insert into teams (name, name_key, created_at) values ('Large', 'large', now())",
    `insert into team_members (user_id, team_id, position)
      select id, (select id from teams where name_key = 'large'), 0 from (${people}) person`,
  );
  const [row] = await db().select({ id: teams.id }).from(teams).where(eq(teams.nameKey, "large"));
  group = row?.id ?? 0;
  const held = await db().select({ id: teamMembers.userId }).from(teamMembers).where(inLarge());
  members = held.map(({ id }) => String(id));
});

const inLarge = () => eq(teamMembers.teamId, group);
const values = (ids: string[]) => ids.map((value) => ({ value }));

it("10,000 members come, stay and go in one PATCH each, also in a group that grew just now", async () => {
  const steps: [Record<string, unknown>, number][] = [
    [{ op: "replace", value: values(members.slice(1)) }, 9_999],
    [{ op: "replace", value: values(members.slice(5_000)) }, 5_000],
    [{ op: "replace", value: values(members) }, 10_000],
    [{ op: "remove", value: values(members.slice(1)) }, 1],
    [{ op: "add", value: values(members) }, 10_000],
    [{ op: "remove" }, 0],
  ];
  for (const [step, left] of steps) {
    expect((await scim.change(`/Groups/${group}`, { path: "members", ...step })).status).toBe(204);
    expect(await db().$count(teamMembers, inLarge())).toBe(left);
  }
});
