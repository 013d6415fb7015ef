import { and, eq, sql } from "drizzle-orm";
import { type Transaction, transaction } from "@/db/client";
import { teams, tokens, users } from "@/db/schema";
import { requirePermission } from "@/lib/access/permissions";
import { type Principal, systemPrincipal } from "@/lib/access/principal";
import { sameBytes } from "@/lib/access/secret";
import type { BootstrapFile } from "@/lib/bootstrap/contract";
import { BootstrapFault } from "@/lib/bootstrap/read-bootstrap-file";
import { Problem } from "@/lib/errors";
import { insertAdministrator } from "@/lib/sign-in/insert-administrator";
import { insertTeam } from "@/lib/teams/create-team";
import { hashToken } from "@/lib/tokens/format";
import { insertToken } from "@/lib/tokens/insert-token";
import { insertServiceAccount } from "@/lib/users/create-service-account";
import { nameKey, serviceUserId } from "@/lib/users/name";
import { findUserRow, presentUser } from "@/lib/users/rows";

type Report = (line: string) => void;
type ServiceAccount = BootstrapFile["service_accounts"][number];

/** Two instances may start with the same file at once. */
const bootstrapLock = 7_135_002;

/**
 * Creates what the file names and doesn't exist, in one transaction. What exists is neither changed nor reset;
 * where it differs, `report` hears of it.
 * @throws BootstrapFault where the file asks for what can't be, by its JSON path
 */
export async function applyBootstrapFile(file: BootstrapFile, report: Report): Promise<void> {
  const principal = systemPrincipal("bootstrap", { id: "bootstrap", ip: null, userAgent: null, baseUrl: "" });
  requirePermission(principal, "users:manage");

  await transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${bootstrapLock})`);
    if (file.admin) await at("admin", () => ensureAdministrator(tx, principal, file.admin, report));
    for (const [index, name] of file.teams.entries())
      await at(`teams[${index}]`, () => ensureTeam(tx, principal, name));
    for (const [index, account] of file.service_accounts.entries()) {
      const place = `service_accounts[${index}]`;
      await at(place, () => ensureServiceAccount(tx, principal, account, place, report));
    }
  });
}

async function ensureAdministrator(
  tx: Transaction,
  principal: Principal,
  admin: BootstrapFile["admin"],
  report: Report,
): Promise<void> {
  if (!admin) return;
  const existing = await findUserRow(tx, eq(users.userIdKey, nameKey(admin.email)));
  if (!existing) await insertAdministrator(tx, principal, admin);
  else if (existing.role !== "Admin" || existing.name !== admin.name)
    report(
      `BOOTSTRAP_FILE: admin: ${admin.email} exists as "${existing.name}" (${existing.role}); left as it is.`,
    );
}

async function ensureTeam(tx: Transaction, principal: Principal, name: string): Promise<void> {
  const [existing] = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(eq(teams.nameKey, nameKey(name)));
  if (!existing) await insertTeam(tx, principal, { name, description: null });
}

async function ensureServiceAccount(
  tx: Transaction,
  principal: Principal,
  account: ServiceAccount,
  place: string,
  report: Report,
): Promise<void> {
  const userId = serviceUserId(account.name);
  const existing = userId ? await findUserRow(tx, eq(users.userIdKey, userId)) : undefined;
  const row = existing ?? (await insertServiceAccount(tx, principal, account));
  if (existing) reportDifferences(existing, account, place, report);

  for (const [index, token] of account.tokens.entries()) {
    const tokenPlace = `${place}.tokens[${index}]`;
    await at(tokenPlace, async () => {
      const [kept] = await tx
        .select({ hash: tokens.hash, scim: tokens.scim })
        .from(tokens)
        .where(and(eq(tokens.userId, row.id), eq(tokens.nameKey, nameKey(token.name))));
      const given = typeof token.secret === "string" ? token.secret : undefined;
      if (kept) {
        if (given && !sameBytes(kept.hash, hashToken(given)))
          report(
            `BOOTSTRAP_FILE: ${tokenPlace}: the token "${token.name}" exists with another secret; left as it is.`,
          );
      } else if (given) await insertToken(tx, principal, row, token, { given });
      else
        report(
          `BOOTSTRAP_FILE: ${tokenPlace}: no token was made for "${token.name}", since the file gives no secret.`,
        );
    });
  }
}

function reportDifferences(
  existing: Parameters<typeof presentUser>[0],
  account: ServiceAccount,
  place: string,
  report: Report,
): void {
  const shown = presentUser(existing);
  const wanted = ["Public", ...account.teams.filter((team) => nameKey(team) !== "public")];
  if (shown.role !== account.role)
    report(
      `BOOTSTRAP_FILE: ${place}.role: ${shown.user_id} is ${shown.role}, the file says ${account.role}; left as it is.`,
    );
  if (nameKey(shown.teams.join("\n")) !== nameKey(wanted.join("\n")))
    report(
      `BOOTSTRAP_FILE: ${place}.teams: ${shown.user_id} is in ${shown.teams.join(", ")}, the file says ${wanted.join(", ")}; left as it is.`,
    );
}

/** Runs one step; a rule that it breaks is told with its place in the file. */
async function at<T>(place: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Problem) throw new BootstrapFault(`BOOTSTRAP_FILE: ${place}: ${error.message}`);
    throw error;
  }
}
