import type { ScimReply } from "@/lib/scim/http/scim-response";
import type { ScimCall } from "@/lib/scim/http/scim-route";
import { findResources } from "@/lib/scim/search/find-resources";
import { listResponse } from "@/lib/scim/search/page";
import { queryObject, readSearch } from "@/lib/scim/search/search-request";

/** GET / */
export async function listResources({ principal, query, baseUrl }: ScimCall): Promise<ScimReply> {
  const page = await findResources(principal, readSearch(queryObject(query)), baseUrl);
  return { status: 200, body: listResponse(page) };
}

/** POST /.search */
export async function searchResources({ principal, body, baseUrl }: ScimCall): Promise<ScimReply> {
  return {
    status: 200,
    body: listResponse(await findResources(principal, readSearch(await body()), baseUrl)),
  };
}
