import type { ScimReply } from "@/lib/scim/http/scim-response";
import type { ScimCall } from "@/lib/scim/http/scim-route";
import { ScimError } from "@/lib/scim/protocol/scim-error";
import { readUser } from "@/lib/scim/users/endpoints";

/** GET /Me: the person whose token this is; a service account is none (RFC 7644 §3.11). */
export async function readMe(call: ScimCall): Promise<ScimReply> {
  const { id, userType } = call.principal.user;
  if (userType !== "User") return refuseMe();
  return readUser({ ...call, params: { id: String(id) } });
}

/** Everything else at /Me. */
export async function refuseMe(): Promise<ScimReply> {
  throw new ScimError(501, "A service account is no User, and nobody changes themselves here: use /Users.");
}
