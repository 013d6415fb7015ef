import { bearerToken, refusalReasons, scimTokenElsewhere, sendToken, wrongForm } from "@/lib/access/bearer";
import type { Principal, RequestOrigin } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { cookiePrefix } from "@/lib/sign-in/auth";
import { findSession } from "@/lib/sign-in/find-session";
import { noteRefusal, noteUse } from "@/lib/tokens/use-batch";
import { type RefusedToken, verifyToken } from "@/lib/tokens/verify-token";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Where a request knocks: SCIM takes SCIM tokens too, and no cookies. */
export type Door = "api" | "scim";

/**
 * Who a request acts as: by `Authorization: Bearer` where there is one, else by the session cookie. A cookie makes
 * unsafe requests from our own pages only.
 * @throws Problem `unauthenticated` or `invalid_token` (401), `cross_origin` or `scim_token` (403)
 */
export async function authenticate(
  method: string,
  headers: Headers,
  request: RequestOrigin,
  door: Door = "api",
): Promise<Principal> {
  const authorization = headers.get("authorization");
  if (authorization !== null) return byToken(authorization, request, door);
  if (door === "scim") throw new Problem("unauthenticated", sendToken);

  const cookie = headers.get("cookie") ?? "";
  if (cookie.includes(`${cookiePrefix}.session_token=`)) {
    if (!safeMethods.has(method)) requireSameOrigin(headers);
    const principal = await findSession(cookie, request);
    if (principal) return principal;
  }
  throw new Problem("unauthenticated", "Sign in, or send a token as Authorization: Bearer.");
}

async function byToken(authorization: string, request: RequestOrigin, door: Door): Promise<Principal> {
  const text = bearerToken(authorization);
  if (text === undefined) throw new Problem("unauthenticated", wrongForm);

  const verified = await verifyToken(text);
  if ("refusal" in verified) throw refused(verified, request);

  const { token, user } = verified;
  noteUse(token.id, request.ip, request.userAgent);
  if (token.scim && door !== "scim") throw new Problem("scim_token", scimTokenElsewhere);
  return { user, token, request };
}

function refused(token: RefusedToken, request: RequestOrigin): Problem {
  if ("tokenId" in token) noteRefusal(token.tokenId, token.refusal, request.ip, request.userAgent);
  return new Problem("invalid_token", refusalReasons[token.refusal]);
}
