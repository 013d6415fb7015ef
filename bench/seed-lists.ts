import type { Client } from "pg";
import { connect } from "@/bench/setting";

/** How much there is in a seeded database. */
export interface Amounts {
  users: number;
  /** Two for each user. */
  tokens: number;
  entries: number;
}

type Report = (line: string) => void;

/** Rows of one statement: enough to be quick, few enough to say how far it is. */
const rowsAtOnce = 500_000;
const teams = 200;

const firstNames =
  "Ada Grace Alan Edsger Barbara Donald Margaret Dennis Frances Linus Radia Tim Hedy Ken Joan Niklaus Katherine Guido Shafi Leslie Anita Bjarne Evelyn John Karen Claude Mary Brian Adele Tony Jean Vint Sophie Robin Lynn Butler Fei Ivan Carol Peter Annie Dorothy Maurice Susan Gordon Ruth Charles Ellen Whitfield Julia".split(
    " ",
  );
const lastNames =
  "Lovelace Hopper Turing Dijkstra Liskov Knuth Hamilton Ritchie Allen Torvalds Perlman Berners Lamarr Thompson Clarke Wirth Johnson Rossum Goldwasser Lamport Borg Stroustrup Boyd Backus Jones Shannon Keller Kernighan Goldstine Hoare Bartik Cerf Wilson Milner Conway Lampson Li Sutherland Shaw Naur Easley Vaughan Wilkes Kare Moore Babbage Ochoa Diffie Robinson Zuse Kay Engelbart Noether Bohm Cormack Eckert Mauchly Aiken Bush Cray Kilby Noyce Metcalfe Postel Crocker Kahn Baran Davies Kleinrock Roberts Licklider Taylor Nelson Andreessen Cailliau Wozniak Jobs Gates Page Brin Bezos Codd Chen Gray Stonebraker Selinger Ullman Widom Garcia Molina Bernstein Goodman Mohan Haas Lindsay Astrahan Chamberlin Boyce Traiger Putzolu Lorie Price Blasgen Eswaran Wade McJones King Gladwin Griffiths".split(
    " ",
  );
const systems =
  "Kafka Airflow Snowflake Databricks Terraform Jenkins Grafana Looker Tableau Fivetran Dagster Prefect Redshift BigQuery Postgres Mongo Elastic Spark Flink Trino Superset Metabase Amundsen Collibra Atlan Alation Okta Entra Vault Consul".split(
    " ",
  );
const purposes = "Sync Export Import Backup Monitor Catalog Lineage Quality Reader Writer".split(" ");
const stages = "Production Staging Development".split(" ");

/**
 * Fills an empty, migrated database: people and service accounts with names like real ones, in teams, each with two
 * tokens; then what was done to them over two years. Indexes are made afterwards, as it is quicker.
 */
export async function seedLists(url: string, amounts: Amounts, report: Report): Promise<void> {
  const client = await connect(url);
  try {
    // Only here: a crash while seeding means to seed again.
    await client.query(
      "set synchronous_commit = off; set maintenance_work_mem = '512MB'; set session_replication_role = replica",
    );
    // Accounts are numbered from 1: the team Public, which has taken one, is none.
    await client.query("alter sequence resource_ids restart");
    await loading(client, "users", report, () => seedUsers(client, amounts.users, report));
    await loading(client, "team_members", report, () => seedTeams(client, amounts.users));
    await loading(client, "tokens", report, () => seedTokens(client, amounts, report));
    await loading(client, "token_recency", report, () => seedRecency(client));
    await loading(client, "audit_events", report, () => seedEntries(client, amounts, report));
    report("vacuum and analyze …");
    await client.query("vacuum analyze");
    await client.query("checkpoint");
  } finally {
    await client.end();
  }
}

async function seedUsers(client: Client, count: number, report: Report): Promise<void> {
  await inParts("users", count, report, (from, to) =>
    client.query(
      `insert into users (user_id, user_id_key, name, email, user_type, role, active, search_key, created_at, updated_at, last_seen_at)
       select user_id, user_id, name, email, kind::user_type, role::role, n % 50 <> 0, lower(name || E'\\n' || user_id || E'\\n' || coalesce(email, '')),
         made, made, case when n % 3 <> 0 then made + (n % 400) * interval '1 day' end
       from (
         select n, kind, name, role, made, email,
           case kind when 'Service' then lower(replace(name, ' ', '_')) || '@service' else email end as user_id
         from (
           select n, kind, name, role, made,
             case kind when 'User' then lower(replace(name, ' ', '.')) || '.' || n || '@example.com' end as email
           from (
             select n, kind,
               case kind
                 when 'User' then ($1::text[])[1 + n % ${firstNames.length}] || ' ' || ($2::text[])[1 + (n / 7) % ${lastNames.length}]
                 else ($3::text[])[1 + n % ${systems.length}] || ' ' || ($4::text[])[1 + (n / 30) % ${purposes.length}] || ' ' || ($5::text[])[1 + (n / 11) % ${stages.length}] || ' ' || n
               end as name,
               (array['Member','Member','Member','Editor','Editor','Manager'])[1 + n % 6] as role,
               now() - interval '700 days' + n * (interval '690 days' / $8::int) as made
             from (
               select n, case when n % 10 < 7 then 'User' else 'Service' end as kind from generate_series($6::int, $7::int) n
             ) kinds
           ) named
         ) mailed
       ) identified`,
      [firstNames, lastNames, systems, purposes, stages, from, to, count],
    ),
  );
}

async function seedTeams(client: Client, users: number): Promise<void> {
  await client.query(
    `insert into teams (name, name_key, created_at, updated_at)
     select 'Team ' || n, 'team ' || n, now(), now() from generate_series(1, ${teams}) n`,
  );
  await client.query(
    `insert into team_members (user_id, team_id, position)
     select u.id, t.id, place from users u
     cross join lateral (values (0, u.id % ${teams} + 1), (1, (u.id * 7 + 3) % ${teams} + 1)) as chosen (place, number)
     join teams t on t.name_key = 'team ' || chosen.number
     where u.id <= $1 + 10 on conflict do nothing`,
    [users],
  );
}

async function seedTokens(client: Client, { users, tokens }: Amounts, report: Report): Promise<void> {
  await inParts("tokens", tokens, report, (from, to) =>
    client.query(
      `insert into tokens (user_id, type, name, name_key, hash, last_four, expires_at, created_at, revoked_at, last_used_at, last_used_ip)
       select u.id, case u.user_type when 'Service' then 'Service' else 'Personal' end::token_type, made.name, made.name,
         sha256(('token ' || n)::bytea), substr(md5(n::text), 1, 4), case when n % 7 <> 0 then now() + (n % 400 - 40) * interval '1 day' end,
         u.created_at, case when n % 11 = 0 then now() - interval '1 day' end,
         case when n % 4 <> 0 then now() - (n * 7919::bigint % 324000) * interval '1 second' end, ('10.0.' || n % 200 || '.' || n % 250)::inet
       from (
         select n, 'api-' || (array['production','staging','nightly','adhoc'])[1 + n % 4] || '-' || n as name, 1 + n % $3::int as place
         from generate_series($1::int, $2::int) n
       ) made join users u on u.id = made.place`,
      [from, to, users],
    ),
  );
}

/** What the triggers would have noted. */
async function seedRecency(client: Client): Promise<void> {
  await client.query(
    "insert into token_recency select id, type, recency_step(last_used_at) from tokens where last_used_at is not null",
  );
  await client.query(
    "insert into user_recency select id, recency_step(last_seen_at) from users where last_seen_at is not null",
  );
}

async function seedEntries(
  client: Client,
  { users, tokens, entries }: Amounts,
  report: Report,
): Promise<void> {
  await inParts("audit entries", entries, report, (from, to) =>
    client.query(
      `insert into audit_events (at, action, actor_id, actor_user_id, actor_name, token_id, token_name, target_type, target_id, target_name, before, after, ip, user_agent, request_id)
       select now() - interval '730 days' + n * (interval '729 days' / $3::int),
         (array['token.created','token.revoked','token.rotated','session.created','session.created','session.created','user.changed','service_account.changed','service_account.created','session.refused'])[1 + n % 10],
         actor, 'automation_' || actor || '@service', 'Automation ' || actor, actor * 2, 'api-production-' || actor,
         case when n % 10 < 3 then 'token' else 'user' end, 1 + (n * 7919::bigint) % case when n % 10 < 3 then $5::int else $4::int end, 'target ' || n % 100000,
         case when n % 10 in (6, 7) then '{"role": "Member"}'::jsonb end, jsonb_build_object('role', 'Editor', 'name', 'target ' || n),
         ('10.' || n % 5 || '.' || n % 199 || '.' || n % 7)::inet, 'terraform-provider-latchkey/1.4.2 (linux; amd64)', md5(n::text)::uuid::text
       from (select n, 1 + (n * 104729::bigint) % 5000 as actor from generate_series($1::int, $2::int) n) numbered`,
      [from, to, entries, users, tokens],
    ),
  );
}

/** Fills one table while its indexes are away. Those behind constraints stay. */
async function loading(
  client: Client,
  table: string,
  report: Report,
  fill: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = $1::regclass and not exists (select 1 from pg_constraint where conindid = indexrelid)`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await fill();
  for (const { name, definition } of rows) {
    report(`index ${name} …`);
    await client.query(definition);
  }
}

async function inParts(
  what: string,
  count: number,
  report: Report,
  fill: (from: number, to: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 1; from <= count; from += rowsAtOnce) {
    const to = Math.min(from + rowsAtOnce - 1, count);
    await fill(from, to);
    report(`${to.toLocaleString("en")} of ${count.toLocaleString("en")} ${what} …`);
  }
}
