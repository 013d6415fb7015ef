import { runBulk } from "@/lib/scim/bulk/run-bulk";
import { scimRoute } from "@/lib/scim/http/scim-route";

export const POST = scimRoute(runBulk);
