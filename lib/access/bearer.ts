import type { KnownRefusal } from "@/lib/tokens/verify-token";

/*
 * What the API, SCIM and the gate read and answer alike where a token is at stake (RFC 6750).
 */

const form = /^bearer +(\S+) *$/i;

/** The token in the value of an Authorization header; undefined where it isn't a bearer's. */
export function bearerToken(authorization: string): string | undefined {
  return form.exec(authorization)?.[1];
}

export const sendToken = "Send a token as Authorization: Bearer.";
export const wrongForm = "The Authorization header takes the form: Bearer, a space, and the token.";
export const scimTokenElsewhere = "This is a SCIM administration token: it works under /api/scim/v2 only.";

/** What the holder of a token that isn't good is told (T11). */
export const refusalReasons = {
  malformed: "This is not a Latchkey token: its form or checksum is wrong",
  unknown: "The token is unknown",
  expired: "The token has expired",
  revoked: "The token was revoked",
  "account deactivated": "The account of this token is deactivated",
} as const satisfies Record<KnownRefusal | "malformed" | "unknown", string>;

/** `WWW-Authenticate` for a token that isn't good (RFC 6750 §3). */
export function invalidTokenChallenge(reason: string): string {
  return `Bearer error="invalid_token", error_description="${reason}"`;
}
