import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { passwordLinks, sessions } from "@/db/schema";

/** Neither a session nor a one-time link outlives a deactivation (A6); nor one that came into being just beside it. */
export async function endSignIns(tx: Transaction, userId: number): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.userId, userId));
  await tx.delete(passwordLinks).where(eq(passwordLinks.userId, userId));
}
