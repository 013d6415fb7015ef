/** Every closed list of words the product knows, in one place: tables, contracts and screens read it from here. */

/** From the least to the most powerful; the order is the rank. */
export const roles = ["Member", "Editor", "Manager", "Admin"] as const;
export type Role = (typeof roles)[number];

/** `User` is a person, `Service` a service account. */
export const userTypes = ["User", "Service"] as const;
export type UserType = (typeof userTypes)[number];

export const tokenTypes = ["Personal", "Service"] as const;
export type TokenType = (typeof tokenTypes)[number];

export const tokenStatuses = ["active", "expiring", "expired", "revoked"] as const;
export type TokenStatus = (typeof tokenStatuses)[number];

/** How a use of a token ended: let in, or why not. */
export const tokenUseOutcomes = ["accepted", "revoked", "expired", "deactivated"] as const;
export type TokenUseOutcome = (typeof tokenUseOutcomes)[number];

/** The team that holds everybody; its membership is a rule, not rows. */
export const publicTeamName = "Public";

/** Every act that is recorded. A closed list, so that filters and readers can rely on the words. */
export const auditActions = [
  "service_account.created",
  "service_account.changed",
  "service_account.deactivated",
  "service_account.reactivated",
  "service_account.deleted",
  "user.created",
  "user.changed",
  "user.deactivated",
  "user.reactivated",
  "user.deleted",
  "team.created",
  "team.changed",
  "team.members_changed",
  "team.deleted",
  "token.created",
  "token.renamed",
  "token.revoked",
  "token.restored",
  "token.rotated",
  "token.deleted",
  "token.refused",
  "session.created",
  "session.refused",
  "session.ended",
  "sessions.ended",
  "password.changed",
  "password_link.created",
  "audit.exported",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** What an act can be done to. */
export const auditTargetTypes = ["user", "team", "token", "instance"] as const;
export type AuditTargetType = (typeof auditTargetTypes)[number];

/** What can turn out to be wrong with the record of what was done. */
export const auditFaults = [
  "entry_altered",
  "entry_removed",
  "entry_inserted",
  "seal_altered",
  "seal_missing",
  "chain_replaced",
  "tail_cut",
] as const;
