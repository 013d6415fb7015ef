import { searchGroups } from "@/lib/scim/groups/endpoints";
import { scimRoute } from "@/lib/scim/http/scim-route";

export const POST = scimRoute(searchGroups);
