import { listSchemas } from "@/lib/scim/discovery/endpoints";
import { scimRoute } from "@/lib/scim/http/scim-route";

export const GET = scimRoute(listSchemas);
