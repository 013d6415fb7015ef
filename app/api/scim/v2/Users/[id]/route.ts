import { scimRoute } from "@/lib/scim/http/scim-route";
import { patchUser, putUser, readUser, removeUser } from "@/lib/scim/users/endpoints";

export const GET = scimRoute(readUser);

export const PUT = scimRoute(putUser);

export const PATCH = scimRoute(patchUser);

export const DELETE = scimRoute(removeUser);
