import { scimRoute } from "@/lib/scim/http/scim-route";
import { listUsers, postUser } from "@/lib/scim/users/endpoints";

export const GET = scimRoute(listUsers);

export const POST = scimRoute(postUser);
