import { scimRoute } from "@/lib/scim/http/scim-route";
import { searchUsers } from "@/lib/scim/users/endpoints";

export const POST = scimRoute(searchUsers);
