import { patchGroup, putGroup, readGroup, removeGroup } from "@/lib/scim/groups/endpoints";
import { scimRoute } from "@/lib/scim/http/scim-route";

export const GET = scimRoute(readGroup);

export const PUT = scimRoute(putGroup);

export const PATCH = scimRoute(patchGroup);

export const DELETE = scimRoute(removeGroup);
