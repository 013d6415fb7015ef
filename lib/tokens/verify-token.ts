import { eq } from "drizzle-orm";
import { db } from "@/db/client";
import type { Role, UserType } from "@/db/enums";
import { tokens, users } from "@/db/schema";
import { now } from "@/lib/clock";
import { hashToken, tokenKind } from "@/lib/tokens/format";
import { tokenStatus } from "@/lib/tokens/status";

/** What a good token proves. */
export interface VerifiedToken {
  token: { id: number; name: string; scim: boolean; expiresAt: Date | null };
  user: { id: number; userId: string; name: string; userType: UserType; role: Role };
}

/** Why a token that is one of ours is not good. */
export type KnownRefusal = "expired" | "revoked" | "account deactivated";

/** Why a token is not good. `tokenId` is there when it is one of ours. */
export type RefusedToken = { refusal: "malformed" | "unknown" } | { refusal: KnownRefusal; tokenId: number };

/** Whether a bearer token is good now. Garbage is refused without a look at the database (T3). */
export async function verifyToken(text: string): Promise<VerifiedToken | RefusedToken> {
  if (!tokenKind(text)) return { refusal: "malformed" };

  const [row] = await db()
    .select({
      token: {
        id: tokens.id,
        name: tokens.name,
        scim: tokens.scim,
        expiresAt: tokens.expiresAt,
        revokedAt: tokens.revokedAt,
        retiresAt: tokens.retiresAt,
      },
      user: {
        id: users.id,
        userId: users.userId,
        name: users.name,
        userType: users.userType,
        role: users.role,
        active: users.active,
      },
    })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(eq(tokens.hash, hashToken(text)));
  if (!row) return { refusal: "unknown" };

  const { revokedAt, retiresAt, ...token } = row.token;
  const { active, ...user } = row.user;
  const status = tokenStatus({ ...token, revokedAt, retiresAt }, now());
  if (status === "revoked" || status === "expired") return { refusal: status, tokenId: token.id };
  if (!active) return { refusal: "account deactivated", tokenId: token.id };
  return { token, user };
}
