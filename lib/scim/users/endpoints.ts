import { hasVersion } from "@/lib/scim/http/preconditions";
import type { ScimReply } from "@/lib/scim/http/scim-response";
import type { ScimCall } from "@/lib/scim/http/scim-route";
import { type Document, readDocument } from "@/lib/scim/protocol/document";
import { patchDocument } from "@/lib/scim/protocol/patch-document";
import { readPatchRequest } from "@/lib/scim/protocol/patch-request";
import { Projection } from "@/lib/scim/protocol/projection";
import { userType } from "@/lib/scim/protocol/user-schema";
import { listResponse } from "@/lib/scim/search/page";
import { queryObject, readAttributeNames, readSearch } from "@/lib/scim/search/search-request";
import { changeUser } from "@/lib/scim/users/change-user";
import { createUser } from "@/lib/scim/users/create-user";
import { deleteUser } from "@/lib/scim/users/delete-user";
import { findUser, findUsers } from "@/lib/scim/users/find-users";
import { type JoinedGroup, type Person, presentUser } from "@/lib/scim/users/present-user";
import { requireId } from "@/lib/scim/users/rows";

/** GET /Users */
export async function listUsers({ principal, query, baseUrl }: ScimCall): Promise<ScimReply> {
  const page = await findUsers(principal, readSearch(queryObject(query)), baseUrl);
  return { status: 200, body: listResponse(page) };
}

/** POST /Users/.search */
export async function searchUsers({ principal, body, baseUrl }: ScimCall): Promise<ScimReply> {
  return { status: 200, body: listResponse(await findUsers(principal, readSearch(await body()), baseUrl)) };
}

/** GET /Users/{id} */
export async function readUser(call: ScimCall): Promise<ScimReply> {
  const { person, groups } = await findUser(call.principal, requireId("User", call.params.id));
  const reply = answer(call, 200, person, groups);
  const version = reply.headers?.etag ?? "";
  return hasVersion(call.headers.get("if-none-match"), version)
    ? { status: 304, headers: { etag: version } }
    : reply;
}

/** POST /Users */
export async function postUser(call: ScimCall): Promise<ScimReply> {
  const person = await createUser(call.principal, readDocument(userType, await call.body()));
  return answer(call, 201, person, []);
}

/** PUT /Users/{id}: what isn't sent is unassigned, but for `active`, which nobody means to change by leaving it out. */
export async function putUser(call: ScimCall): Promise<ScimReply> {
  const id = requireId("User", call.params.id);
  const document = readDocument(userType, await call.body());
  const change = ({ active }: Document) => (active === undefined ? document : { active, ...document });
  const changed = await changeUser(call.principal, id, { change, ifMatch: call.headers.get("if-match") });
  return answer(call, 200, changed.person, changed.groups);
}

/** PATCH /Users/{id} */
export async function patchUser(call: ScimCall): Promise<ScimReply> {
  const id = requireId("User", call.params.id);
  const operations = readPatchRequest(await call.body());
  const changed = await changeUser(call.principal, id, {
    change: (before) => patchDocument(userType, before, operations),
    ifMatch: call.headers.get("if-match"),
  });
  return answer(call, 200, changed.person, changed.groups);
}

/** DELETE /Users/{id} */
export async function removeUser({ principal, params, headers }: ScimCall): Promise<ScimReply> {
  await deleteUser(principal, requireId("User", params.id), headers.get("if-match"));
  return { status: 204 };
}

function answer(
  { query, baseUrl }: ScimCall,
  status: number,
  person: Person,
  groups: readonly JoinedGroup[],
): ScimReply {
  const { resource, version, location } = presentUser(person, groups, baseUrl);
  const projection = new Projection(userType, readAttributeNames(queryObject(query)));
  return { status, body: projection.apply(resource), headers: { etag: version, location } };
}
