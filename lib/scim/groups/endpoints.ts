import { changeGroup } from "@/lib/scim/groups/change-group";
import { createGroup } from "@/lib/scim/groups/create-group";
import { deleteGroup } from "@/lib/scim/groups/delete-group";
import { findGroup, findGroups, presentGroups } from "@/lib/scim/groups/find-groups";
import { changesOfPatch, changesOfPut } from "@/lib/scim/groups/group-changes";
import { groupLocation, groupVersion } from "@/lib/scim/groups/present-group";
import type { GroupRow } from "@/lib/scim/groups/rows";
import { hasVersion } from "@/lib/scim/http/preconditions";
import type { ScimReply } from "@/lib/scim/http/scim-response";
import type { ScimCall } from "@/lib/scim/http/scim-route";
import { groupType } from "@/lib/scim/protocol/group-schema";
import { readPatchRequest } from "@/lib/scim/protocol/patch-request";
import { Projection } from "@/lib/scim/protocol/projection";
import { listResponse } from "@/lib/scim/search/page";
import { queryObject, readAttributeNames, readSearch } from "@/lib/scim/search/search-request";
import { requireId } from "@/lib/scim/users/rows";

/** GET /Groups */
export async function listGroups({ principal, query, baseUrl }: ScimCall): Promise<ScimReply> {
  const page = await findGroups(principal, readSearch(queryObject(query)), baseUrl);
  return { status: 200, body: listResponse(page) };
}

/** POST /Groups/.search */
export async function searchGroups({ principal, body, baseUrl }: ScimCall): Promise<ScimReply> {
  return { status: 200, body: listResponse(await findGroups(principal, readSearch(await body()), baseUrl)) };
}

/** GET /Groups/{id} */
export async function readGroup(call: ScimCall): Promise<ScimReply> {
  const group = await findGroup(call.principal, requireId("Group", call.params.id));
  const version = groupVersion(group);
  if (hasVersion(call.headers.get("if-none-match"), version))
    return { status: 304, headers: { etag: version } };
  return answer(call, 200, group);
}

/** POST /Groups */
export async function postGroup(call: ScimCall): Promise<ScimReply> {
  return answer(call, 201, await createGroup(call.principal, await call.body(), call.baseUrl));
}

/** PUT /Groups/{id} */
export async function putGroup(call: ScimCall): Promise<ScimReply> {
  const id = requireId("Group", call.params.id);
  const changes = changesOfPut(await call.body());
  return answer(call, 200, await change(call, id, changes));
}

/** PATCH /Groups/{id}: without a body, as Entra ID likes it, unless attributes are asked for. */
export async function patchGroup(call: ScimCall): Promise<ScimReply> {
  const id = requireId("Group", call.params.id);
  const group = await change(call, id, changesOfPatch(readPatchRequest(await call.body())));
  if (call.query.has("attributes")) return answer(call, 200, group);
  return { status: 204, headers: { etag: groupVersion(group) } };
}

/** DELETE /Groups/{id} */
export async function removeGroup({ principal, params, headers }: ScimCall): Promise<ScimReply> {
  await deleteGroup(principal, requireId("Group", params.id), headers.get("if-match"));
  return { status: 204 };
}

function change(
  { principal, headers, baseUrl }: ScimCall,
  id: number,
  changes: ReturnType<typeof changesOfPut>,
): Promise<GroupRow> {
  return changeGroup(principal, id, { changes, ifMatch: headers.get("if-match"), baseUrl });
}

async function answer({ query, baseUrl }: ScimCall, status: number, group: GroupRow): Promise<ScimReply> {
  const projection = new Projection(groupType, readAttributeNames(queryObject(query)));
  const [body] = await presentGroups([group], projection, baseUrl);
  return {
    status,
    body: body ?? {},
    headers: { etag: groupVersion(group), location: groupLocation(group, baseUrl) },
  };
}
