import { requirePermission } from "@/lib/access/permissions";
import { maxBodyBytes } from "@/lib/http/body";
import { maxBulkOperations } from "@/lib/scim/bulk/bulk-request";
import type { ScimReply } from "@/lib/scim/http/scim-response";
import type { ScimCall } from "@/lib/scim/http/scim-route";
import type { ResourceType, Schema } from "@/lib/scim/protocol/attributes";
import { groupSchema, groupType } from "@/lib/scim/protocol/group-schema";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { enterpriseSchema, userSchema, userType } from "@/lib/scim/protocol/user-schema";
import { listResponse } from "@/lib/scim/search/page";
import { maxResults } from "@/lib/scim/search/search-request";

/*
 * What this server can (RFC 7644 §4), no more and no less than it does. Query parameters are passed over.
 */

const core = "urn:ietf:params:scim:schemas:core:2.0";

/** GET /ServiceProviderConfig */
export async function readServiceProviderConfig({ principal, baseUrl }: ScimCall): Promise<ScimReply> {
  requirePermission(principal, "scim:manage");

  const body = {
    schemas: [`${core}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: maxBulkOperations, maxPayloadSize: maxBodyBytes },
    filter: { supported: true, maxResults },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "A SCIM administration token of a service account, as Authorization: Bearer.",
        specUri: "https://www.rfc-editor.org/rfc/rfc6750",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  };
  return { status: 200, body };
}

/** GET /ResourceTypes */
export async function listResourceTypes({ principal, baseUrl }: ScimCall): Promise<ScimReply> {
  requirePermission(principal, "scim:manage");

  return listed([userType, groupType].map((type) => presentType(type, baseUrl)));
}

/** GET /ResourceTypes/{id} */
export async function readResourceType({ principal, params, baseUrl }: ScimCall): Promise<ScimReply> {
  requirePermission(principal, "scim:manage");

  const type = [userType, groupType].find(({ name }) => name === params.id);
  if (!type) throw new ScimError(404, "There is no such ResourceType: there are User and Group.");
  return { status: 200, body: presentType(type, baseUrl) };
}

/** GET /Schemas */
export async function listSchemas({ principal, baseUrl }: ScimCall): Promise<ScimReply> {
  requirePermission(principal, "scim:manage");

  return listed(schemas.map((schema) => presentSchema(schema, baseUrl)));
}

/** GET /Schemas/{id} */
export async function readSchema({ principal, params, baseUrl }: ScimCall): Promise<ScimReply> {
  requirePermission(principal, "scim:manage");

  const id = params.id?.toLowerCase();
  const schema = schemas.find((candidate) => candidate.id.toLowerCase() === id);
  if (!schema)
    throw new ScimError(404, `There is no such Schema: there are ${schemas.map((s) => s.id).join(", ")}.`);
  return { status: 200, body: presentSchema(schema, baseUrl) };
}

const schemas = [userSchema, enterpriseSchema, groupSchema];

function listed(resources: Record<string, unknown>[]): ScimReply {
  return { status: 200, body: listResponse({ total: resources.length, startIndex: 1, resources }) };
}

function presentType({ name, endpoint, description, schema, extensions }: ResourceType, baseUrl: string) {
  return {
    schemas: [`${core}:ResourceType`],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: "ResourceType", location: `${baseUrl}/ResourceTypes/${name}` },
  };
}

function presentSchema({ id, name, description, attributes }: Schema, baseUrl: string) {
  return {
    schemas: [`${core}:Schema`],
    id,
    name,
    description,
    attributes,
    meta: { resourceType: "Schema", location: `${baseUrl}/Schemas/${id}` },
  };
}
