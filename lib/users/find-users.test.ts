import { beforeAll, expect, it } from "vitest";
import { openTestInstance, system } from "@/e2e/database/instance";
import { listUsers, newServiceAccount, userSorts } from "@/lib/users/contract";
import { createServiceAccount } from "@/lib/users/create-service-account";
import { findUsers } from "@/lib/users/find-users";

openTestInstance();

beforeAll(async () => {
  for (const [name, role] of [
    ["Searched beta", "Editor"],
    ["searched Alpha", "Member"],
    ["Searched gamma", "Admin"],
    ["Another", "Member"],
  ])
    await createServiceAccount(system(), newServiceAccount.parse({ name, role }));
});

const namesBy = async (query: Record<string, string>) =>
  (await findUsers(system(), listUsers.query.parse(query))).items.map(({ name }) => name);

it.each(userSorts)("a search comes in the same order as the list: %s", async (sort) => {
  const all = await namesBy({ sort });
  expect(await namesBy({ sort, search: "SEARCHED" })).toEqual(all.filter((name) => /^searched/i.test(name)));
});

it("orders by name ignoring case, and by rank", async () => {
  expect(await namesBy({ sort: "name", search: "searched" })).toEqual([
    "searched Alpha",
    "Searched beta",
    "Searched gamma",
  ]);
  expect(await namesBy({ sort: "-role", search: "searched" })).toEqual([
    "Searched gamma",
    "Searched beta",
    "searched Alpha",
  ]);
});
