import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { signIns } from "@/db/schema";
import { now } from "@/lib/clock";

/** Gives the sign-in of whoever has one the account's new name. */
export async function renameSignIn(tx: Transaction, id: number, name: string): Promise<void> {
  await tx.update(signIns).set({ name, updatedAt: now() }).where(eq(signIns.id, id));
}
