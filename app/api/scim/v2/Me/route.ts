import { scimRoute } from "@/lib/scim/http/scim-route";
import { readMe, refuseMe } from "@/lib/scim/users/me";

export const GET = scimRoute(readMe);

export const POST = scimRoute(refuseMe);

export const PUT = scimRoute(refuseMe);

export const PATCH = scimRoute(refuseMe);

export const DELETE = scimRoute(refuseMe);
