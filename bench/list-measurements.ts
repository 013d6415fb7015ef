import type { Client } from "pg";
import { expectStatus, type Send } from "@/bench/api-client";

/** A page of a list, and the least that the database has to do for it. */
export interface Measurement {
  name: string;
  path: string;
  /** The rows of that page, or those that are looked for, by an index and nothing else. */
  bare: { text: string; values?: unknown[] };
}

const size = 25;

/** What is measured, in a database with so many users. */
export async function measurements(client: Client, send: Send, users: number): Promise<Measurement[]> {
  const deepPage = Math.min(4_000, Math.max(2, Math.floor(users / size / 10)));
  const newestFirst = "order by created_at desc, id desc";
  const byTime = "order by at desc, id desc";
  const [middle] = (
    await client.query(
      "select id, at from audit_events where at < now() - interval '365 days' order by at desc, id desc limit 1",
    )
  ).rows;
  const deepCursor = await cursorBefore(send, middle.at);
  const search = (text: string): Measurement["bare"] => ({
    text: `select * from users where search_key like '%${text}%' ${newestFirst} limit ${size}`,
  });
  const audit = (name: string, query: string, condition: string): Measurement => ({
    name: `audit, ${name}`,
    path: `/api/audit-events?size=${size}&${query}`,
    bare: { text: `select * from audit_events where ${condition} ${byTime} limit ${size}` },
  });
  return [
    {
      name: "users, page 1",
      path: `/api/users?size=${size}`,
      bare: { text: `select * from users ${newestFirst} limit ${size}` },
    },
    {
      name: `users, page ${deepPage.toLocaleString("en")}`,
      path: `/api/users?size=${size}&page=${deepPage}`,
      bare: {
        text: `select * from users where id = any (array(select id from users ${newestFirst} limit ${size} offset ${size * (deepPage - 1)}))`,
      },
    },
    {
      name: "users, part of a name (frequent)",
      path: `/api/users?size=${size}&search=ovelac`,
      bare: search("ovelac"),
    },
    {
      name: "users, part of a name (rare)",
      path: `/api/users?size=${size}&search=a%20stroustrup`,
      bare: search("a stroustrup"),
    },
    {
      name: "users, part of a name (no match)",
      path: `/api/users?size=${size}&search=zeppelin`,
      bare: search("zeppelin"),
    },
    {
      name: "service tokens, page 1",
      path: `/api/user-tokens/service?size=${size}`,
      bare: { text: `select * from tokens where type = 'Service' ${newestFirst} limit ${size}` },
    },
    {
      name: "service tokens, part of a name (rare)",
      path: `/api/user-tokens/service?size=${size}&search=nightly-1234`,
      bare: {
        text: `select * from tokens where type = 'Service' and name_key like '%nightly-1234%' ${newestFirst} limit ${size}`,
      },
    },
    {
      name: "service tokens, part of a name (frequent)",
      path: `/api/user-tokens/service?size=${size}&search=production`,
      bare: {
        text: `select * from tokens where type = 'Service' and name_key || '' like '%production%' ${newestFirst} limit ${size}`,
      },
    },
    {
      name: "service tokens, still called",
      path: `/api/user-tokens/service?size=${size}&still_called=true`,
      bare: {
        text: "select * from tokens where last_refused_at > now() - interval '30 days' and type = 'Service' limit 25",
      },
    },
    {
      name: "service tokens, by name",
      path: `/api/user-tokens/service?size=${size}&sort=name`,
      bare: {
        text: `select * from tokens where type = 'Service' order by name_key collate "C", id limit ${size}`,
      },
    },
    {
      name: "service tokens, by last used",
      path: `/api/user-tokens/service?size=${size}&sort=-last_used_at`,
      bare: {
        text: `select tokens.* from token_recency join tokens on tokens.id = token_id and tokens.type = token_recency.type
          where tokens.type = 'Service' order by used_around desc, last_used_at desc, tokens.id desc limit ${size}`,
      },
    },
    {
      name: "service tokens, by expiration, last first",
      path: `/api/user-tokens/service?size=${size}&sort=-expiration`,
      bare: {
        text: `select * from tokens where type = 'Service' and expires_at is not null order by expires_at desc, id desc limit ${size}`,
      },
    },
    {
      name: "users, by last seen",
      path: `/api/users?size=${size}&sort=-last_seen_at`,
      bare: {
        text: `select users.* from user_recency join users on users.id = user_recency.user_id
          order by seen_around desc, last_seen_at desc, users.id desc limit ${size}`,
      },
    },
    {
      name: "users, by name",
      path: `/api/users?size=${size}&sort=name`,
      bare: { text: `select * from users order by lower(name) collate "C", id limit ${size}` },
    },
    audit("first page", "", "true"),
    {
      name: "audit, a page a year down",
      path: `/api/audit-events?size=${size}&cursor=${deepCursor}`,
      bare: {
        text: `select * from audit_events where (at, id) < ($1, $2) ${byTime} limit ${size}`,
        values: [middle.at, middle.id],
      },
    },
    audit("of an actor", "actor=automation_77@service", "actor_user_id = 'automation_77@service'"),
    audit("of an actor, by number", "actor=77", "actor_id = 77"),
    audit("of an account", "account=77", "actor_id = 77"),
    audit("of a token", "token_id=154", "token_id = 154"),
    audit("of an action", "action=token.rotated", "action = 'token.rotated'"),
    audit("of an action that is rare", "action=audit.exported", "action = 'audit.exported'"),
    audit("of a target", "target_type=user&target_id=4242", "target_type = 'user' and target_id = 4242"),
    audit("of an address", "ip=10.3.42.5", "ip = '10.3.42.5'"),
    audit(
      "of a request",
      "request_id=c81e728d-9d4c-2f63-6f06-7f89cc14862c",
      "request_id = 'c81e728d-9d4c-2f63-6f06-7f89cc14862c'",
    ),
    audit(
      "of a day a year ago",
      `since=${day(365)}&until=${day(364)}`,
      `at >= '${day(365)}' and at < '${day(364)}'`,
    ),
    audit(
      "of an actor, an action and a span",
      `actor=77&action=token.rotated&since=${day(600)}&until=${day(300)}`,
      `actor_id = 77 and action = 'token.rotated' and at >= '${day(600)}' and at < '${day(300)}'`,
    ),
  ];
}

/** A cursor that leads to what was before `moment`, and the filter that it belongs to: a page that ends there has it. */
async function cursorBefore(send: Send, moment: Date): Promise<string> {
  const until = `until=${new Date(moment.getTime() + 1_000).toISOString()}`;
  const page = expectStatus(200, await send("GET", `/api/audit-events?size=1&${until}`));
  return `${JSON.parse(page).next_cursor}&${until}`;
}

/** Midnight so many days ago. */
function day(ago: number): string {
  return `${new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}
