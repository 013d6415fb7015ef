import type { KnownToken } from "@/lib/gate/known-token";
import type { Introspection } from "@/lib/introspection/contract";

/** Of any token that isn't good: no reason, no owner. */
export const inactive: Introspection = { active: false };

/**
 * What introspection says of a good token. A rotated one ends with its overlap. A SCIM token is good for SCIM alone (T10):
 * for the service that asks it is none (RFC 7662 §4).
 */
export function introspectionOf(token: KnownToken): Introspection {
  if (token.scim) return inactive;
  const { account, issuedAt, expiresAt, revokedAt } = token;
  const end = Math.min(expiresAt, revokedAt);
  return {
    active: true,
    sub: account.userId,
    username: account.userId,
    token_type: "Bearer",
    iat: Math.floor(issuedAt / 1000),
    ...(Number.isFinite(end) ? { exp: Math.floor(end / 1000) } : {}),
    role: account.role,
    teams: [...account.teams],
  };
}
