import { and, sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { seedPeople } from "@/bench/scim-people";
import { db, pool } from "@/db/client";
import { users } from "@/db/schema";
import { openTestInstance } from "@/e2e/database/instance";
import { parseFilter } from "@/lib/scim/protocol/filter";
import { userType } from "@/lib/scim/protocol/user-schema";
import { compileFilter } from "@/lib/scim/search/compile-filter";
import { userOperands } from "@/lib/scim/search/user-operands";
import { isPerson, selectPeople } from "@/lib/scim/users/rows";

/* What providers ask a thousand times in a sync is found by an index, whatever the number of people. */

openTestInstance();

beforeAll(async () => {
  const { connectionString = "" } = pool().options;
  await seedPeople(connectionString, 20_000, 10);
}, 60_000);

async function planOf(filter: string): Promise<string> {
  const condition = and(isPerson, compileFilter(parseFilter(userType, filter), userOperands("")));
  const page = selectPeople(db()).where(condition).orderBy(users.id).limit(100).offset(0);
  const { rows } = await db().execute<{ "QUERY PLAN": string }>(sql`explain ${page}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

it.each([
  ['userName eq "Person7@example.com"', "users_user_id_key_unique"],
  ['externalId eq "ext-7"', "users_external_id"],
  ['id eq "7"', "users_id_user_type"],
  ['emails.value eq "person7@example.com"', "users_attributes_key"],
  ['emails eq "person7@example.com"', "users_attributes_key"],
  ['emails[type eq "work"].value eq "person7@example.com"', "users_attributes_key"],
  ['emails[type eq "work" and value eq "person7@example.com"]', "users_attributes_key"],
  ['emails[value eq "person7@example.com" and not (type eq "home")]', "users_attributes_key"],
  ['displayName eq "Person 7"', "users_attributes_key"],
  ['name.formatted eq "Person 7"', "users_attributes_key"],
  ['userName eq "person7@example.com" and active eq true', "users_user_id_key_unique"],
])("%s goes by %s", async (filter, index) => {
  const plan = await planOf(filter);
  expect(plan).toContain(index);
  expect(plan).not.toContain("Seq Scan on users");
});
