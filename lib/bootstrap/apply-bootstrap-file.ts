import { and, eq, sql } from "drizzle-orm";
import { type Transaction, transaction } from "@/db/client";
import { signIns, teams, tokens, users } from "@/db/schema";
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
  // By the sign-in too: a provider may have given them another user_id, which must not stop the next start.
  const existing =
    (await findUserRow(tx, eq(users.userIdKey, nameKey(admin.email)))) ??
    (await findUserRow(tx, eq(signIns.email, admin.email)));
  if (!existing) await insertAdministrator(tx, principal, admin);
  else if (
    existing.role !== "Admin" ||
    existing.name !== admin.name ||
    existing.userIdKey !== nameKey(admin.email)
  )
    report(
      `BOOTSTRAP_FILE: admin: ${admin.email} exists as "${existing.name}" (${existing.userId}, ${existing.role}); left as it is.`,
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
    await at(tokenPlace, () => ensureToken(tx, principal, row, token, tokenPlace, report));
  }
}

async function ensureToken(
  tx: Transaction,
  principal: Principal,
  owner: Parameters<typeof insertToken>[2],
  token: ServiceAccount["tokens"][number],
  place: string,
  report: Report,
): Promise<void> {
  const [kept] = await tx
    .select({ hash: tokens.hash, scim: tokens.scim })
    .from(tokens)
    .where(and(eq(tokens.userId, owner.id), eq(tokens.nameKey, nameKey(token.name))));
  const given = typeof token.secret === "string" ? token.secret : undefined;
  const say = (what: string) => report(`BOOTSTRAP_FILE: ${place}: ${what}`);

  if (kept) {
    if (given && !sameBytes(kept.hash, hashToken(given)))
      say(`the token "${token.name}" exists with another secret; left as it is.`);
    else if (kept.scim !== token.scim)
      say(`the token "${token.name}" exists, but ${kept.scim ? "" : "not "}for SCIM; left as it is.`);
  } else if (given) {
    await refuseTakenSecret(tx, given, place);
    await insertToken(tx, principal, owner, token, { given });
  } else say(`no token was made for "${token.name}", since the file gives no secret.`);
}

/** Two tokens of one secret would be one: nobody could tell whose it is. */
async function refuseTakenSecret(tx: Transaction, secret: string, place: string): Promise<void> {
  const [other] = await tx
    .select({ name: tokens.name, userId: users.userId })
    .from(tokens)
    .innerJoin(users, eq(users.id, tokens.userId))
    .where(eq(tokens.hash, hashToken(secret)));
  if (other)
    throw new BootstrapFault(
      `BOOTSTRAP_FILE: ${place}.secret: is that of the token "${other.name}" of ${other.userId} already; give each its own.`,
    );
}

function reportDifferences(
  existing: Parameters<typeof presentUser>[0],
  account: ServiceAccount,
  place: string,
  report: Report,
): void {
  const shown = presentUser(existing);
  const wanted = ["Public", ...account.teams.filter((team) => nameKey(team) !== "public")];
  if (shown.name !== account.name)
    report(
      `BOOTSTRAP_FILE: ${place}.name: ${shown.user_id} is "${shown.name}", the file says "${account.name}"; left as it is.`,
    );
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
