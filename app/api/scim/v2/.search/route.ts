import { scimRoute } from "@/lib/scim/http/scim-route";
import { searchResources } from "@/lib/scim/search/endpoints";

export const POST = scimRoute(searchResources);
