import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { pool } from "@/db/client";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";
import { changesChannel } from "@/lib/gate/announce";

/* What a provider changes, every gate hears of with the commit: who may, and in which teams. */

openTestInstance();

let scim: ScimClient;
let listener: Client;
const heard: string[] = [];
beforeAll(async () => {
  scim = await openScim();
  listener = new Client({ connectionString: pool().options.connectionString });
  listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await listener.connect();
  await listener.query(`listen ${changesChannel}`);
});
afterAll(() => listener.end());
beforeEach(() => {
  heard.length = 0;
});

let made = 0;
const user = async () => (await scim.post("/Users", { userName: `user-${++made}` })).body.id;
/** What was announced; a query's answer comes after the notifications before it. */
const announced = async () => {
  await listener.query("select 1");
  return [...heard];
};

it("a deactivation, a role and another userName; not a title", async () => {
  const id = await user();
  await scim.change(`/Users/${id}`, { op: "replace", path: "title", value: "Boss" });
  expect(await announced()).toEqual([]);
  await scim.change(`/Users/${id}`, { op: "replace", path: "active", value: false });
  await scim.change(`/Users/${id}`, { op: "add", path: "roles", value: [{ value: "Editor" }] });
  await scim.change(`/Users/${id}`, { op: "replace", path: "userName", value: `renamed-${id}` });
  expect(await announced()).toEqual([`user:${id}`, `user:${id}`, `user:${id}`]);
});

it("who comes into a group and who leaves it, by account; a group's new name and its end", async () => {
  const [one, two] = [await user(), await user()];
  const { body } = await scim.post("/Groups", { displayName: "Heard", members: [{ value: one }] });
  await scim.change(`/Groups/${body.id}`, { op: "replace", path: "members", value: [{ value: two }] });
  await scim.change(`/Groups/${body.id}`, { op: "replace", path: "displayName", value: "Heard again" });
  await scim.change(`/Groups/${body.id}`, { op: "replace", path: "displayName", value: "Heard again" });
  await scim.delete(`/Groups/${body.id}`);
  expect(await announced()).toEqual([
    `user:${one}`,
    `user:${two},${one}`,
    `team:${body.id}`,
    `team:${body.id}`,
  ]);
});

it("a deletion", async () => {
  const id = await user();
  await scim.delete(`/Users/${id}`);
  expect(await announced()).toEqual([`user:${id}`]);
});
