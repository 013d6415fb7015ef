import { createHash } from "node:crypto";
import type { Account } from "@/lib/users/contract";

/** A text that is another after each change of what can be changed of an account; for `If-Match`. */
export function versionOf({ name, role, teams, active, description }: Account): string {
  const state = JSON.stringify([name, role, teams, active, description]);
  return createHash("sha256").update(state).digest("base64url").slice(0, 16);
}
