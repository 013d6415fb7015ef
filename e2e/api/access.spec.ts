import type { APIRequestContext } from "@playwright/test";
import { type Role, roles } from "@/db/enums";
import { expect, test } from "@/e2e/fixtures";
import { endpoints } from "@/lib/openapi/endpoints";

/*
 * Who may do what, over every endpoint there is (A1, T9, T10): nobody, a token of each role, a SCIM token. The requests are
 * aimed at what isn't there, and carry nothing, so that whoever is let in changes nothing: what counts is who is.
 */

/** The least role that gets past the door; `own` is for everybody, of what is theirs (404 for the rest). */
const admits: Record<string, Role | "own" | "session"> = {
  createUser: "Admin",
  listUsers: "Manager",
  readCurrentUser: "own",
  readUser: "own",
  updateUser: "Admin",
  deleteUser: "Admin",
  createPasswordLink: "Admin",
  // A person's for themselves as well; these are the tokens of service accounts.
  createToken: "Admin",
  listTokens: "own",
  listServiceTokens: "Admin",
  summarizeTokens: "own",
  listTokenUsage: "own",
  readToken: "own",
  changeToken: "own",
  rotateToken: "own",
  deleteToken: "own",
  readTokenUsage: "own",
  revokeTokens: "own",
  deleteTokens: "own",
  introspect: "own",
  createTeam: "Admin",
  listTeams: "Manager",
  readTeam: "Manager",
  updateTeam: "Admin",
  deleteTeam: "Admin",
  changeTeamMembers: "Admin",
  listAuditEvents: "Admin",
  readAuditHead: "Admin",
  verifyAudit: "Admin",
  signOut: "session",
  signOutEverywhere: "session",
  changePassword: "session",
  readConnectionChecks: "Admin",
};

/** What passes for a body, and is nobody's. */
const bodies: Record<string, object> = {
  createUser: { name: "\u{1F512}", role: "Member" },
  createTeam: { name: "Public" },
  createToken: { name: "t", user_id: 999_999_999, expires_in_days: 1 },
  changeToken: { revoke: true },
  rotateToken: { expires_in_days: 1 },
  revokeTokens: { ids: [999_999_999] },
  deleteTokens: { ids: [999_999_999] },
  changePassword: { current_password: "not the password", new_password: "not a password either" },
};

const guarded = endpoints.filter(({ access }) => access === "principal");

test("every endpoint that wants credentials stands in this table", () => {
  expect(Object.keys(admits).sort()).toEqual(guarded.map(({ id }) => id).sort());
});

test("every endpoint lets in whom it is for, and nobody else", async ({ api, anonymous }) => {
  const secrets = new Map<string, string>();
  for (const role of roles) secrets.set(role, await newSecret(api, role, false));
  secrets.set("SCIM", await newSecret(api, "Admin", true));

  for (const endpoint of guarded) {
    const ask = async (secret?: string) => {
      const answer = await anonymous.fetch(endpoint.path.replace("[id]", "999999999"), {
        method: endpoint.method,
        headers: secret ? { authorization: `Bearer ${secret}` } : {},
        ...(endpoint.bodyType
          ? { form: { token: "x" } }
          : endpoint.body && { data: bodies[endpoint.id] ?? {} }),
        ...(endpoint.id === "listTokenUsage" && { params: { ids: "999999999" } }),
      });
      return answer.status();
    };
    const least = admits[endpoint.id];
    expect(await ask(), `${endpoint.id}, nobody`).toBe(401);
    expect(await ask(secrets.get("SCIM")), `${endpoint.id}, a SCIM token`).toBe(403);
    for (const role of roles) {
      const status = await ask(secrets.get(role));
      const who = `${endpoint.id}, a token of the role ${role}: ${status}`;
      const isIn = status !== 401 && status !== 403;
      const mayCome =
        least === "own" || (least !== "session" && roles.indexOf(role) >= roles.indexOf(least ?? "Admin"));
      expect(isIn, who).toBe(mayCome);
      expect(status, who).toBeLessThan(500);
    }
  }
});

let made = 0;
async function newSecret(api: APIRequestContext, role: Role, scim: boolean): Promise<string> {
  const answer = await api.post("/api/users", {
    data: {
      name: `Access ${role} ${++made} ${Date.now().toString(36)}`,
      role,
      token: { name: "t", expires_in_days: 1, scim },
    },
  });
  return (await answer.json()).token.bearer_token;
}
