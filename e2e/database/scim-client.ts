import * as searched from "@/app/api/scim/v2/.search/route";
import * as bulk from "@/app/api/scim/v2/Bulk/route";
import * as searchedGroups from "@/app/api/scim/v2/Groups/.search/route";
import * as group from "@/app/api/scim/v2/Groups/[id]/route";
import * as groups from "@/app/api/scim/v2/Groups/route";
import * as me from "@/app/api/scim/v2/Me/route";
import * as resourceType from "@/app/api/scim/v2/ResourceTypes/[id]/route";
import * as resourceTypes from "@/app/api/scim/v2/ResourceTypes/route";
import * as everything from "@/app/api/scim/v2/route";
import * as schema from "@/app/api/scim/v2/Schemas/[id]/route";
import * as schemas from "@/app/api/scim/v2/Schemas/route";
import * as config from "@/app/api/scim/v2/ServiceProviderConfig/route";
import * as searchedUsers from "@/app/api/scim/v2/Users/.search/route";
import * as user from "@/app/api/scim/v2/Users/[id]/route";
import * as users from "@/app/api/scim/v2/Users/route";
import type { Role } from "@/db/enums";
import { idOf, service, system } from "@/e2e/database/instance";
import { originHeader, requestIdHeader } from "@/lib/http/internal-headers";
import { scimBase } from "@/lib/scim/http/addresses";
import { issueToken } from "@/lib/tokens/issue-token";

/** An answer, its body parsed; of every shape, so that tests can look into it. */
export interface ScimAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what stands in it is what the tests are about
  body: any;
}

type Route = Partial<
  Record<
    string,
    (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>
  >
>;

const routes: Record<string, Route> = {
  "": everything,
  "/.search": searched,
  "/Users": users,
  "/Users/.search": searchedUsers,
  "/Users/*": user,
  "/Groups": groups,
  "/Groups/.search": searchedGroups,
  "/Groups/*": group,
  "/Me": me,
  "/Bulk": bulk,
  "/ServiceProviderConfig": config,
  "/ResourceTypes": resourceTypes,
  "/ResourceTypes/*": resourceType,
  "/Schemas": schemas,
  "/Schemas/*": schema,
};

/** Where the tests' SCIM is. */
export const scimUrl = `http://latchkey.test${scimBase}`;

/** SCIM as a provider with this token meets it: the route handlers, without the server around them. */
export class ScimClient {
  constructor(
    readonly secret: string,
    private readonly usualHeaders: Record<string, string> = { "content-type": "application/scim+json" },
  ) {}

  get = (path: string, headers = {}, signal?: AbortSignal) =>
    this.send("GET", path, undefined, headers, signal);
  post = (path: string, body: unknown, headers = {}) => this.send("POST", path, body, headers);
  put = (path: string, body: unknown, headers = {}) => this.send("PUT", path, body, headers);
  patch = (path: string, body: unknown, headers = {}, signal?: AbortSignal) =>
    this.send("PATCH", path, body, headers, signal);
  delete = (path: string, headers = {}) => this.send("DELETE", path, undefined, headers);

  /** A PATCH with these operations. */
  change = (path: string, ...operations: Record<string, unknown>[]) =>
    this.patch(path, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations });

  /** The resources that a filter finds. */
  async find(kind: "Users" | "Groups", filter: string): Promise<ScimAnswer["body"]> {
    const answer = await this.get(`/${kind}?filter=${encodeURIComponent(filter)}`);
    if (answer.status !== 200) throw new Error(`${filter}: ${JSON.stringify(answer.body)}`);
    return answer.body.Resources;
  }

  private async send(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<ScimAnswer> {
    const url = new URL(`${scimUrl}${path}`);
    const { route, params } = routeOf(url.pathname.slice(scimBase.length));
    const handle = route[method];
    if (!handle) throw new Error(`There is no ${method} ${path}.`);
    const request = new Request(url, {
      method,
      headers: {
        authorization: `Bearer ${this.secret}`,
        [originHeader]: "http://latchkey.test",
        [requestIdHeader]: "00000000-scim",
        "user-agent": "vitest",
        ...this.usualHeaders,
        ...headers,
      },
      ...(signal && { signal }),
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await handle(request, { params: Promise.resolve(params) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  }
}

/** A client with a token of a new service account of this role; a SCIM token unless told. */
export async function openScim(role: Role = "Admin", { scim = true } = {}): Promise<ScimClient> {
  const account = await service(role);
  const { bearer_token } = await issueToken(system(), {
    name: "provider",
    user_id: idOf(account),
    expires_in_days: null,
    scim,
  });
  return new ScimClient(bearer_token);
}

function routeOf(path: string): { route: Route; params: Record<string, string> } {
  const trimmed = path.replace(/\/+$/, "");
  if (routes[trimmed]) return { route: routes[trimmed], params: {} };
  const [, collection, id] = /^(\/\w+)\/([^/]+)$/.exec(trimmed) ?? [];
  const route = routes[`${collection}/*`];
  if (!route || id === undefined) throw new Error(`There is nothing at ${path}.`);
  // As the server around them does.
  return { route, params: { id: decodeURIComponent(id) } };
}
