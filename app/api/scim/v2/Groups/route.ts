import { listGroups, postGroup } from "@/lib/scim/groups/endpoints";
import { scimRoute } from "@/lib/scim/http/scim-route";

export const GET = scimRoute(listGroups);

export const POST = scimRoute(postGroup);
