import { scimRoute } from "@/lib/scim/http/scim-route";
import { listResources } from "@/lib/scim/search/endpoints";

export const GET = scimRoute(listResources);
