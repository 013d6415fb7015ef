import { z } from "zod";
import type { KnownToken } from "@/lib/gate/known-token";

/** RFC 7662 §2.2. For a token that isn't good, `{"active": false}` and nothing else. */
export const introspection = z.object({
  active: z.boolean(),
  sub: z.string().optional(),
  username: z.string().optional(),
  token_type: z.literal("Bearer").optional(),
  iat: z.int().optional().meta({ description: "Seconds since 1970." }),
  exp: z.int().optional().meta({ description: "Seconds since 1970; absent for never." }),
  role: z.string().optional(),
  teams: z.array(z.string()).optional(),
});
export type Introspection = z.infer<typeof introspection>;

export const inactive: Introspection = { active: false };

/** What introspection says of a good token. A rotated one ends with its overlap. */
export function introspectionOf(token: KnownToken): Introspection {
  const end = Math.min(token.expiresAt, token.revokedAt);
  return {
    active: true,
    sub: token.userId,
    username: token.userId,
    token_type: "Bearer",
    iat: Math.floor(token.issuedAt / 1000),
    ...(Number.isFinite(end) ? { exp: Math.floor(end / 1000) } : {}),
    role: token.role,
    teams: [...token.teams],
  };
}
