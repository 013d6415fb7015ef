import { connect } from "@/bench/setting";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const peopleAtOnce = 50_000;

/**
 * People as a provider would have made them, by SQL, and one group with the first so many of them. The large index is
 * made afterwards, as `pg_restore` does it.
 * @returns the id of the group
 */
export async function seedPeople(url: string, count: number, groupSize: number): Promise<number> {
  const client = await connect(url);
  try {
    const { rows: indexes } = await client.query<{ indexdef: string }>(
      "select indexdef from pg_indexes where indexname = 'users_attributes_key'",
    );
    await client.query("drop index users_attributes_key");
    // Person 7 has the number 7: the team Public, which has taken one, is no person.
    await client.query("alter sequence resource_ids restart");
    for (let from = 1; from <= count; from += peopleAtOnce)
      await client.query(people, [from, Math.min(count, from + peopleAtOnce - 1)]);
    await client.query(indexes[0]?.indexdef ?? "");
    const { rows } = await client.query<{ id: string }>(
      `insert into teams (name, name_key, created_at, updated_at)
       values ('Everybody at work', 'everybody at work', now(), now()) returning id`,
    );
    const group = Number(rows[0]?.id);
    await client.query(
      "insert into team_members (user_id, team_id, position) select n, $1, 0 from generate_series(1, $2::int) n",
      [group, groupSize],
    );
    await client.query("vacuum analyze");
    return group;
  } finally {
    await client.end();
  }
}

const people = `
  insert into users (user_id, user_id_key, name, email, user_type, role, search_key, external_id,
    attributes, attributes_key, created_at, updated_at)
  select 'Person' || n || '@example.com', 'person' || n || '@example.com', 'Person ' || n,
    'person' || n || '@example.com', 'User', 'Member', 'person ' || n || E'\\nperson' || n || '@example.com', 'ext-' || n,
    jsonb_build_object('displayName', 'Person ' || n, 'name', jsonb_build_object('givenName', 'Person', 'familyName', n::text),
      'emails', jsonb_build_array(
        jsonb_build_object('value', 'Person' || n || '@example.com', 'type', 'work', 'primary', true),
        jsonb_build_object('value', 'home' || n || '@example.org', 'type', 'home')),
      '${enterprise}', jsonb_build_object('department', 'Department ' || n % 40)),
    jsonb_build_object('displayName', 'person ' || n, 'name', jsonb_build_object('givenName', 'person', 'familyName', n::text),
      'emails', jsonb_build_array(
        jsonb_build_object('value', 'person' || n || '@example.com', 'type', 'work', 'primary', true),
        jsonb_build_object('value', 'home' || n || '@example.org', 'type', 'home')),
      '${enterprise}', jsonb_build_object('department', 'department ' || n % 40)),
    now(), now()
  from generate_series($1::int, $2::int) n`;
