import { problemCodes } from "@/lib/errors";
import type { Endpoint } from "@/lib/http/endpoint";
import { endpoints } from "@/lib/openapi/endpoints";
import { operationOf, problemResponses } from "@/lib/openapi/operation";
import type { Header, JsonSchema, Method, OpenApiDocument, Parameter, PathItem } from "@/lib/openapi/types";
import { cookiePrefix } from "@/lib/sign-in/auth";
import packageJson from "@/package.json" with { type: "json" };

/** The OpenAPI 3.1 document of the whole API, made from the contracts that validate it. */
export function openApiDocument(): OpenApiDocument {
  document ??= build();
  return document;
}

let document: OpenApiDocument | undefined;

function build(): OpenApiDocument {
  const schemas: Record<string, JsonSchema> = { Problem: problemSchema };
  const paths: Record<string, PathItem> = {};
  for (const endpoint of endpoints) {
    const path = templateOf(endpoint);
    paths[path] = { ...paths[path], [methodOf(endpoint)]: operationOf(endpoint, schemas) };
  }

  return {
    openapi: "3.1.0",
    info: {
      title: "Latchkey",
      version: packageJson.version,
      description:
        "Service accounts and their tokens. The paths `/users`, `/user-tokens` and `/teams` at the root are the same endpoints as those below `/api`. Unknown fields of a body are ignored. Identity providers speak SCIM 2.0 at `/api/scim/v2`, which describes itself by its own `/Schemas` and `/ResourceTypes`.",
      license: { name: "Apache License 2.0", identifier: packageJson.license },
    },
    servers: [{ url: "/", description: "This instance" }],
    tags,
    security: [{ bearer: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      parameters,
      headers,
      responses: problemResponses(),
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "A token, `lk_svc_…` of a service account or `lk_pat_…` of a person.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: `${cookiePrefix}.session_token`,
          description: "The session of a person who is signed in; for Latchkey's own pages.",
        },
      },
    },
  };
}

/** `/api/users/[id]` as OpenAPI spells it. */
function templateOf({ path }: Endpoint): string {
  return path.replace(/\[(\w+)\]/g, "{$1}");
}

function methodOf({ method }: Endpoint): Method {
  return method.toLowerCase() as Method;
}

const tags = [
  { name: "Users", description: "People and service accounts." },
  {
    name: "Tokens",
    description: "The bearer secrets of users. A secret is in the answer to its creation alone.",
  },
  { name: "Teams", description: "Named groups of users. `Public` holds everybody." },
  {
    name: "Audit",
    description: "What was done, by whom, to what; and proof that the record wasn't touched.",
  },
  {
    name: "Sign-in",
    description:
      "What Latchkey's own pages use: by cookie, and from the same origin only. API clients use tokens.",
  },
  { name: "Instance", description: "The state of this Latchkey." },
];

const problemSchema: JsonSchema = {
  type: "object",
  description: "What went wrong (RFC 9457).",
  properties: {
    type: { type: "string", format: "uri-reference", description: "Where the code is explained." },
    title: { type: "string", description: "The short name of the code." },
    status: { type: "integer" },
    detail: { type: "string", description: "A sentence a person can act on." },
    code: { type: "string", enum: Object.keys(problemCodes), description: "The stable word for programs." },
    errors: {
      type: "array",
      description: "Where fields are at fault.",
      items: {
        type: "object",
        properties: {
          field: { type: "string", description: "Its path in the request, as `token.name`." },
          message: { type: "string", description: "What is wrong and what is right." },
        },
        required: ["field", "message"],
      },
    },
    request_id: { type: "string", description: "Under which the server's log has it." },
  },
  required: ["type", "title", "status", "detail", "code", "request_id"],
};

const parameters: Record<string, Parameter> = {
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "Makes a repeat safe. 32 random characters or more: a repeat within 10 minutes gets the first answer again, secret included.",
    schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    required: false,
    description:
      "The `version` that was read, in quotes. What has changed since is neither changed over nor deleted: 412 `changed_meanwhile`.",
    schema: { type: "string" },
  },
};

const headers: Record<string, Header> = {
  RequestId: {
    description: "The number of this request, also in the server's log.",
    schema: { type: "string" },
  },
  ETag: {
    description: "The `version` of what is answered, in quotes; for `If-Match`.",
    schema: { type: "string" },
  },
  Location: {
    description: "Where what was created can be read.",
    schema: { type: "string", format: "uri-reference" },
  },
  IdempotencyReplayed: {
    description: "`true` on an answer given again.",
    schema: { type: "string", const: "true" },
  },
  WwwAuthenticate: {
    description: "`Bearer`, with the fault of a bad token (RFC 6750).",
    schema: { type: "string" },
  },
  Allow: { description: "The methods that the address takes.", schema: { type: "string" } },
  RetryAfter: { description: "Seconds to wait before a repeat.", schema: { type: "integer" } },
};
