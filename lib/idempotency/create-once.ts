import { createHash } from "node:crypto";
import { and, eq, lt } from "drizzle-orm";
import { type Transaction, transaction } from "@/db/client";
import { idempotencyKeys } from "@/db/schema";
import type { Principal } from "@/lib/access/principal";
import { keyedHash, sameBytes } from "@/lib/access/secret";
import { hours, minutes, now } from "@/lib/clock";
import { Problem } from "@/lib/errors";
import { type IdempotencyClaim, sealingKeyLength } from "@/lib/idempotency/claim";
import { seal, unseal } from "@/lib/idempotency/seal";

/** How long a key stays claimed, and how long its answer can be had again. */
const claimKept = hours(24);
const answerKept = minutes(10);

/** What a creation leaves behind: its answer, and what to call the thing when the answer can't be had again. */
interface Creation<T> {
  answer: T;
  created: { type: string; id: number; name: string };
}

/**
 * Runs a creation in one transaction, and at most once per Idempotency-Key. The key is claimed in that same transaction:
 * a twin that arrives meanwhile waits for it, and a failure claims nothing. A repeat gets the first answer again, secret
 * included, while it is kept.
 * @throws Problem `idempotency_key_reused` (422) when the key came with another body, `already_created` (409) when the
 *   answer is no longer to be had
 */
export async function createOnce<T>(
  principal: Principal,
  work: (tx: Transaction) => Promise<Creation<T>>,
): Promise<T> {
  const claim = principal.request.idempotency;
  const principalId = principal.user.id;
  if (!claim || principalId === null) return transaction(async (tx) => (await work(tx)).answer);

  const row = {
    principalId,
    method: claim.method,
    path: claim.path,
    keyHash: keyedHash("idempotency key", claim.key),
  };
  const requestHash = createHash("sha256").update(claim.body).digest();
  const context = [principalId, claim.method, claim.path, requestHash.toString("hex")].join("\n");
  const thisKey = and(
    eq(idempotencyKeys.principalId, principalId),
    eq(idempotencyKeys.method, row.method),
    eq(idempotencyKeys.path, row.path),
    eq(idempotencyKeys.keyHash, row.keyHash),
  );

  return transaction(async (tx) => {
    await tx.delete(idempotencyKeys).where(and(thisKey, lt(idempotencyKeys.createdAt, ago(claimKept))));
    const claimed = await tx
      .insert(idempotencyKeys)
      .values({ ...row, requestHash, createdAt: now() })
      .onConflictDoNothing()
      .returning({ path: idempotencyKeys.path });

    if (claimed.length === 0) {
      const [first] = await tx.select().from(idempotencyKeys).where(thisKey);
      if (!first)
        throw new Problem(
          "already_created",
          "This request has been answered before. Use a new Idempotency-Key.",
        );
      return replay<T>(first, claim, requestHash, context);
    }

    const { answer, created } = await work(tx);
    const sealedAnswer =
      claim.key.length >= sealingKeyLength ? seal(JSON.stringify(answer), claim.key, context) : undefined;
    await tx.update(idempotencyKeys).set({ created, sealedAnswer }).where(thisKey);
    return answer;
  });
}

/** Forgets answers after 10 minutes and claims after 24 hours. Called from time to time. */
export async function forgetOldAnswers(tx: Transaction): Promise<void> {
  await tx.delete(idempotencyKeys).where(lt(idempotencyKeys.createdAt, ago(claimKept)));
  await tx
    .update(idempotencyKeys)
    .set({ sealedAnswer: null })
    .where(lt(idempotencyKeys.createdAt, ago(answerKept)));
}

function replay<T>(
  first: typeof idempotencyKeys.$inferSelect,
  claim: IdempotencyClaim,
  requestHash: Buffer,
  context: string,
): T {
  if (!sameBytes(first.requestHash, requestHash))
    throw new Problem(
      "idempotency_key_reused",
      "This Idempotency-Key came before with another body. Use a new key for a new request.",
    );

  const { created } = first;
  if (!first.sealedAnswer || first.createdAt <= ago(answerKept)) {
    const what = created
      ? `The ${created.type} "${created.name}" (${created.id}) exists already.`
      : "It exists already.";
    throw new Problem("already_created", `${what} Its answer can't be had again.`, {
      extensions: { created },
    });
  }
  claim.replayed = true;
  return JSON.parse(unseal(first.sealedAnswer, claim.key, context)) as T;
}

function ago(span: number): Date {
  return new Date(now().getTime() - span);
}
