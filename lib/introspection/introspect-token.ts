import { pool } from "@/db/client";
import type { Principal } from "@/lib/access/principal";
import { now } from "@/lib/clock";
import { readAccount } from "@/lib/gate/known-account";
import { verdictAt } from "@/lib/gate/known-token";
import { loadTokens } from "@/lib/gate/load-tokens";
import type { Introspection } from "@/lib/introspection/contract";
import { inactive, introspectionOf } from "@/lib/introspection/present";
import { hashToken, tokenKind } from "@/lib/tokens/format";
import { noteRefusal, noteUse } from "@/lib/tokens/use-batch";

/**
 * Says of a string whether it is a good token, asking the database. Every principal may. It counts as a use of that
 * token, or a refusal: whoever asks stands for the client that presented it.
 */
export async function introspectToken({ request }: Principal, text: string): Promise<Introspection> {
  if (!tokenKind(text)) return inactive;
  const at = now().getTime();
  const [token] = await loadTokens(pool(), [hashToken(text)], false, at, readAccount);
  if (!token) return inactive;

  const verdict = verdictAt(token, at);
  if (verdict !== "good") {
    noteRefusal(token.tokenId, verdict, request.ip, request.userAgent);
    return inactive;
  }
  noteUse(token.tokenId, request.ip, request.userAgent);
  return introspectionOf(token);
}
