import { pool } from "@/db/client";
import type { Principal } from "@/lib/access/principal";
import { now } from "@/lib/clock";
import { verdictAt } from "@/lib/gate/known-token";
import { keyOf, loadTokens } from "@/lib/gate/load-tokens";
import type { Introspection } from "@/lib/introspection/contract";
import { inactive, introspectionOf } from "@/lib/introspection/present";
import { hashToken, tokenKind } from "@/lib/tokens/format";

/** Says of a string whether it is a good token, asking the database. Every principal may (§4). */
export async function introspectToken(_principal: Principal, text: string): Promise<Introspection> {
  if (!tokenKind(text)) return inactive;
  const hash = hashToken(text);
  const at = now().getTime();
  const token = (await loadTokens(pool(), [hash], false, at)).get(keyOf(hash));
  return token && verdictAt(token, at) === "good" ? introspectionOf(token) : inactive;
}
