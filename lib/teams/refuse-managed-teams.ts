import { and, inArray, isNotNull } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { UserType } from "@/db/enums";
import { teams } from "@/db/schema";
import { providerManaged } from "@/lib/scim/managed-by";

/**
 * Which people are in a team that an identity provider manages is the provider's to say (A8). It knows nothing of
 * service accounts: those come and go here.
 * @param moved the teams that the account comes into or leaves
 * @throws Problem `provider_managed` (409, field `teams`)
 */
export async function refuseManagedTeams(
  tx: Transaction,
  userType: UserType,
  moved: readonly number[],
): Promise<void> {
  if (userType === "Service" || moved.length === 0) return;
  const [managed] = await tx
    .select({ name: teams.name })
    .from(teams)
    .where(and(inArray(teams.id, [...moved]), isNotNull(teams.provisionedAt)))
    .orderBy(teams.id)
    .limit(1);
  if (managed) throw providerManaged("teams", `Which people are in ${managed.name}`);
}
