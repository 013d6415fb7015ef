import { beforeAll, describe, expect, it } from "vitest";
import { openTestInstance, service, system } from "@/e2e/database/instance";
import { listAuditEvents } from "@/lib/audit/contract";
import { findEvents } from "@/lib/audit/find-events";
import { route } from "@/lib/http/route";
import { createTeam as createTeamEndpoint, listTeams } from "@/lib/teams/contract";
import { createTeam } from "@/lib/teams/create-team";
import { findTeams } from "@/lib/teams/find-teams";
import { listTokens } from "@/lib/tokens/contract";
import { findTokens } from "@/lib/tokens/find-tokens";
import { issueToken } from "@/lib/tokens/issue-token";
import { listUsers, updateUser as updateUserEndpoint } from "@/lib/users/contract";
import { findUsers } from "@/lib/users/find-users";
import { updateUser } from "@/lib/users/update-user";

openTestInstance();

let authorization: string;
beforeAll(async () => {
  const { user } = await service("Admin");
  const fields = { user_id: user.id ?? 0, name: "t", expires_in_days: 1, scim: false };
  authorization = `Bearer ${(await issueToken(system(), fields)).bearer_token}`;
});

const users = route(listUsers, ({ principal, query }) => findUsers(principal, query));
const tokens = route(listTokens, ({ principal, query }) => findTokens(principal, query));
const teams = route(listTeams, ({ principal, query }) => findTeams(principal, query));
const auditEvents = route(listAuditEvents, ({ principal, query: { size, cursor, format: _, ...filter } }) =>
  findEvents(principal, filter, { size, cursor }),
);
const newTeam = route(createTeamEndpoint, ({ principal, body }) => createTeam(principal, body));
const changedUser = route(updateUserEndpoint, ({ principal, params, body }) =>
  updateUser(principal, params.id, body),
);

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function ask(route: Route, query: string, body?: object) {
  const request = new Request(`http://latchkey.test/${query}`, {
    headers: { authorization, "content-type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = await route(request, { params: Promise.resolve({ id: "1" }) });
  const { errors } = (await answer.json()) as { errors?: { field: string }[] };
  return { status: answer.status, fields: errors?.map(({ field }) => field) };
}

describe("what the database can't take is the client's fault (422), with its field", () => {
  it("U+0000, in a query and in a body, however deep", async () => {
    const queries: [Route, string][] = [
      [users, "search"],
      [users, "team"],
      [users, "user_id"],
      [tokens, "search"],
      [teams, "search"],
      [auditEvents, "actor"],
      [auditEvents, "request_id"],
    ];
    for (const [route, field] of queries)
      expect(await ask(route, `?${field}=a%00b`)).toEqual({ status: 422, fields: [field] });
    const team = { name: "Nul", description: "a\u0000b" };
    expect(await ask(newTeam, "", team)).toEqual({ status: 422, fields: ["description"] });
    const account = { teams: ["Public", "a\u0000b"] };
    expect(await ask(changedUser, "", account)).toEqual({ status: 422, fields: ["teams.1"] });
  });

  it("a moment outside the years of four digits", async () => {
    for (const moment of [
      "0000-01-01T00:00:00Z",
      "0001-01-01T00:00:00%2B14:00",
      "9999-12-31T23:59:59-14:00",
    ]) {
      expect(await ask(auditEvents, `?since=${moment}`)).toEqual({ status: 422, fields: ["since"] });
      expect(await ask(tokens, `?expires_before=${moment}`)).toEqual({
        status: 422,
        fields: ["expires_before"],
      });
    }
    for (const moment of ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
      expect(await ask(auditEvents, `?until=${moment}`)).toMatchObject({ status: 200 });
  });
});

it("a parameter of a query that comes twice is refused at its name: which one counts would be a guess", async () => {
  expect(await ask(users, "?role=Member&role=Admin")).toEqual({ status: 422, fields: ["role"] });
  expect(await ask(users, "?role=Member&user_type=Service")).toMatchObject({ status: 200 });
});
