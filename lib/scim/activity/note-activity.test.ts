import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { db } from "@/db/client";
import { scimActivity } from "@/db/schema";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, ScimClient } from "@/e2e/database/scim-client";
import { hours, minutes, now, setClock } from "@/lib/clock";
import { isoSeconds } from "@/lib/http/timestamps";
import { flushScimActivity } from "@/lib/scim/activity/note-activity";
import { checkScim } from "@/lib/status/check-scim";

openTestInstance();

let scim: ScimClient;
beforeAll(async () => {
  scim = await openScim();
});
let restoreClock = () => {};
beforeEach(async () => {
  await flushScimActivity();
  await db().delete(scimActivity);
});
afterEach(() => restoreClock());
const setTime = (ms: number) => {
  restoreClock();
  restoreClock = setClock(() => new Date(ms));
};
const checked = async () => {
  await flushScimActivity();
  return checkScim();
};

it("before the first request there is nothing, and it is never called connected", async () => {
  expect(await checked()).toEqual({ state: "ready", last_request: null, last_error: null });
});

it("the last request stands there with its token; connected for 24 hours, then quiet", async () => {
  const at = now().getTime();
  setTime(at);
  await scim.get("/Users");
  const { state, last_request } = await checked();
  expect([state, last_request?.token]).toEqual(["connected", "provider"]);
  expect(last_request?.at).toBe(isoSeconds(new Date(at)));
  setTime(at + hours(24) - minutes(1));
  expect((await checked()).state).toBe("connected");
  setTime(at + hours(24) + minutes(1));
  expect((await checked()).state).toBe("quiet");
});

it("the last error says to what, why, and by which token; later successes leave it", async () => {
  await scim.post("/Users", { userName: "x@service" });
  await scim.get("/Users");
  expect((await checked()).last_error).toMatchObject({
    request: "POST /Users",
    status: 400,
    detail: expect.stringContaining("@service"),
    token: "provider",
  });
});

it("a token that is no longer good is told; strangers and questions whether somebody is there are not", async () => {
  await scim.get("/Users/999999999");
  await scim.get("/Users", { authorization: "" });
  await new ScimClient("nonsense").get("/Users");
  expect((await checked()).last_error).toBeNull();
  await new ScimClient("lk_scim_of_somebody_else").get("/Users");
  expect((await checked()).last_error).toMatchObject({ status: 401, token: null });
});

it("thousands of requests are one row, written when it is flushed", async () => {
  for (let n = 0; n < 5; n++) await scim.get("/Users");
  expect(await db().$count(scimActivity)).toBe(0);
  await flushScimActivity();
  await flushScimActivity();
  expect(await db().$count(scimActivity)).toBe(1);
});
