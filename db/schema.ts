import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  inet,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { roles, tokenTypes, tokenUseOutcomes, userTypes } from "@/db/enums";

/*
 * Every table, top to bottom: who there is, what they hold, how people sign in, what was done, what keeps the house.
 * Names are unique ignoring case by a `…_key` column that the application computes (lib/users/name.ts), so the rule
 * does not hang on the collation of somebody's database. `created_by_id` is no foreign key: who made something may be
 * deleted, in no more time than it takes to delete one row; numbers are never given twice, so it points at nobody else.
 */

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });
const identity = (name: string) => bigint(name, { mode: "number" }).generatedAlwaysAsIdentity();
const reference = (name: string) => bigint(name, { mode: "number" });

/** When an identity provider last wrote the row over SCIM, and by which token; null for what is managed here. */
const provisioned = {
  provisionedAt: moment("provisioned_at"),
  provisionedByTokenId: reference("provisioned_by_token_id"),
  provisionedByTokenName: text("provisioned_by_token_name"),
};

export const role = pgEnum("role", roles);
export const userType = pgEnum("user_type", userTypes);
export const tokenType = pgEnum("token_type", tokenTypes);
export const tokenUseOutcome = pgEnum("token_use_outcome", tokenUseOutcomes);

/**
 * Accounts and teams draw their numbers from one sequence: a SCIM id is unique among all resources (RFC 7643 §3.1), and
 * a group that a provider names as a member is not taken for the person of the same number.
 */
export const resourceIds = pgSequence("resource_ids");
const resourceId = (name: string) =>
  bigint(name, { mode: "number" }).primaryKey().default(sql`nextval('resource_ids')`);

export const users = pgTable(
  "users",
  {
    id: resourceId("id"),
    userId: text("user_id").notNull(),
    userIdKey: text("user_id_key").notNull().unique(),
    name: text("name").notNull(),
    email: text("email"),
    userType: userType("user_type").notNull(),
    role: role("role").notNull(),
    active: boolean("active").notNull().default(true),
    description: text("description"),
    /** What the search looks through: name, id and e-mail, lower-cased. */
    searchKey: text("search_key").notNull(),
    /** What a provider's own database calls the person. */
    externalId: text("external_id"),
    /** What SCIM knows of a person that has no column here; null for service accounts. */
    attributes: jsonb("attributes").$type<Record<string, unknown>>(),
    /** The same as comparisons take it: lower-cased where case has no meaning. */
    attributesKey: jsonb("attributes_key").$type<Record<string, unknown>>(),
    ...provisioned,
    createdAt: moment("created_at").notNull(),
    createdById: reference("created_by_id"),
    updatedAt: moment("updated_at").notNull(),
    lastSeenAt: moment("last_seen_at"),
  },
  (table) => [
    // Lets sign_ins refer to people only, whatever happens to a row.
    unique("users_id_user_type").on(table.id, table.userType),
    check(
      "only_services_end_in_service",
      sql`(${table.userType} = 'Service') = (${table.userIdKey} like '%@service')`,
    ),
    // For each order of the list that doesn't change with every use; for the one that does: user_recency.
    index("users_created_at").on(table.createdAt, table.id),
    index("users_name").on(sql`lower(${table.name}) collate "C"`, table.id),
    index("users_role").on(table.role, table.id),
    // Who is left to administrate is asked before one goes (A7).
    index("users_administrators")
      .on(table.id)
      .where(sql`${table.role} = 'Admin' and ${table.userType} = 'User' and ${table.active}`),
    index("users_external_id").on(table.externalId).where(sql`${table.externalId} is not null`),
    // Every `eq` of a SCIM filter. Without the pending list, which each read would have to go through.
    index("users_attributes_key")
      .using("gin", table.attributesKey.op("jsonb_path_ops"))
      .with({ fastupdate: false }),
  ],
);

export const teams = pgTable(
  "teams",
  {
    id: resourceId("id"),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull().unique(),
    description: text("description"),
    /** What a provider's own database calls the group. */
    externalId: text("external_id"),
    ...provisioned,
    createdAt: moment("created_at").notNull(),
    createdById: reference("created_by_id"),
    /** Moves on with each change of the team or of who is in it: it is the version, so it never stands still. */
    updatedAt: moment("updated_at").notNull().default(sql`now()`),
  },
  (table) => [index("teams_external_id").on(table.externalId).where(sql`${table.externalId} is not null`)],
);

/**
 * About when each account was last seen: `users.last_seen_at` in steps of ten minutes, for the list's order. Its rows
 * are written by triggers of `users`, only where a step is taken: an index of the moment itself, or of anything that
 * moves with it, would make that update write all indexes of the table it is in. No row: never seen.
 */
export const userRecency = pgTable(
  "user_recency",
  {
    userId: reference("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    seenAround: moment("seen_around").notNull(),
  },
  (table) => [index("user_recency_seen_around").on(table.seenAround, table.userId)],
);

/** Who is in which team, in the order it was asked for. `Public` has no rows here: everybody is in it. */
export const teamMembers = pgTable(
  "team_members",
  {
    userId: reference("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    teamId: reference("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    position: integer("position").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.teamId] }),
    index("team_members_team").on(table.teamId),
  ],
);

export const tokens = pgTable(
  "tokens",
  {
    id: identity("id").primaryKey(),
    userId: reference("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: tokenType("type").notNull(),
    scim: boolean("scim").notNull().default(false),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    /** HMAC-SHA-256 of the token: all that is kept of it but its last four characters. */
    hash: bytea("hash").notNull().unique(),
    lastFour: text("last_four").notNull(),
    expiresAt: moment("expires_at"),
    createdAt: moment("created_at").notNull(),
    createdById: reference("created_by_id"),
    /** When it was revoked by hand. */
    revokedAt: moment("revoked_at"),
    /** The end of a rotation's overlap. The token ends at the earlier of this and `revoked_at` (lib/tokens/status.ts). */
    retiresAt: moment("retires_at"),
    /** The token that this one took over from; one successor at most. */
    replacesId: reference("replaces_id").unique("tokens_one_successor"),
    lastUsedAt: moment("last_used_at"),
    lastUsedIp: inet("last_used_ip"),
    lastUsedUserAgent: text("last_used_user_agent"),
    refusedCount: bigint("refused_count", { mode: "number" }).notNull().default(0),
    lastRefusedAt: moment("last_refused_at"),
    lastRefusedIp: inet("last_refused_ip"),
    lastRefusedUserAgent: text("last_refused_user_agent"),
  },
  (table) => [
    foreignKey({ columns: [table.replacesId], foreignColumns: [table.id] }).onDelete("set null"),
    uniqueIndex("tokens_name_per_account").on(table.userId, table.nameKey),
    // For each order of the list that doesn't change with every use; for the one that does: token_recency.
    // With the type, so that what stands before a page is passed over by the index alone.
    index("tokens_created_at").on(table.createdAt, table.id, table.type),
    index("tokens_name").on(sql`${table.nameKey} collate "C"`, table.id, table.type),
    // And with what else says whether it still expires: the count of those that soon do is asked with each list.
    index("tokens_expires_at").on(table.expiresAt, table.id, table.type, table.revokedAt, table.retiresAt),
    // The few that are in an overlap, or were refused.
    index("tokens_retires_at").on(table.retiresAt).where(sql`${table.retiresAt} is not null`),
    index("tokens_last_refused_at").on(table.lastRefusedAt).where(sql`${table.lastRefusedAt} is not null`),
  ],
);

/** About when each token was last used, as `user_recency` has it for accounts; with the type, which lists go by. */
export const tokenRecency = pgTable(
  "token_recency",
  {
    tokenId: reference("token_id")
      .primaryKey()
      .references(() => tokens.id, { onDelete: "cascade" }),
    type: tokenType("type").notNull(),
    usedAround: moment("used_around").notNull(),
  },
  (table) => [index("token_recency_used_around").on(table.usedAround, table.tokenId, table.type)],
);

/** How often each token was used in each hour, by whom and to what end; kept for 90 days (lib/tokens/use-batch.ts). */
export const tokenUsage = pgTable(
  "token_usage",
  {
    tokenId: reference("token_id")
      .notNull()
      .references(() => tokens.id, { onDelete: "cascade" }),
    hour: moment("hour").notNull(),
    /** `::` stands for an address that isn't told apart: a key has no room for NULL. */
    address: inet("address").notNull(),
    /** Product and major version, as `curl/8` (lib/tokens/user-agent-family.ts). */
    userAgent: text("user_agent").notNull(),
    outcome: tokenUseOutcome("outcome").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    lastAt: moment("last_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tokenId, table.hour, table.address, table.userAgent, table.outcome] }),
    index("token_usage_hour").on(table.hour),
    index("token_usage_refused").on(table.hour, table.tokenId).where(sql`outcome <> 'accepted'`),
  ],
);

/*
 * Sign-in is better-auth's: sign_ins is its "user", credentials its "account". A row in sign_ins belongs to a person by
 * foreign key, so a service account has nothing to sign in with.
 */
export const signIns = pgTable(
  "sign_ins",
  {
    id: reference("id").primaryKey(),
    userType: userType("user_type").notNull().default("User"),
    email: text("email").notNull().unique(),
    emailVerified: boolean("email_verified").notNull().default(false),
    name: text("name").notNull(),
    image: text("image"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.id, table.userType], foreignColumns: [users.id, users.userType] }).onDelete(
      "cascade",
    ),
    check("people_only", sql`${table.userType} = 'User'`),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    id: identity("id").primaryKey(),
    userId: reference("user_id")
      .notNull()
      .references(() => signIns.id, { onDelete: "cascade" }),
    token: text("token").notNull().unique(),
    expiresAt: moment("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    /** Moves with use, at most once a minute; 12 hours without it end the session. */
    lastActiveAt: moment("last_active_at").notNull().default(sql`now()`),
  },
  (table) => [index("sessions_user").on(table.userId)],
);

export const credentials = pgTable(
  "credentials",
  {
    id: identity("id").primaryKey(),
    userId: reference("user_id")
      .notNull()
      .references(() => signIns.id, { onDelete: "cascade" }),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    password: text("password"),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    unique("credentials_provider_account").on(table.providerId, table.accountId),
    index("credentials_user").on(table.userId),
  ],
);

export const verifications = pgTable("verifications", {
  id: identity("id").primaryKey(),
  identifier: text("identifier").notNull(),
  value: text("value").notNull(),
  expiresAt: moment("expires_at").notNull(),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/** One-time links to set a password; a new one for the same person replaces the old. */
export const passwordLinks = pgTable("password_links", {
  userId: reference("user_id")
    .primaryKey()
    .references(() => signIns.id, { onDelete: "cascade" }),
  codeHash: bytea("code_hash").notNull().unique(),
  expiresAt: moment("expires_at").notNull(),
});

/** Written by rate-limiter-flexible, which names the columns. */
export const rateLimits = pgTable("rate_limits", {
  key: text("key").primaryKey(),
  points: integer("points").notNull().default(0),
  expire: bigint("expire", { mode: "number" }),
});

/** What was done, by whom, to what. The database refuses UPDATE, DELETE and TRUNCATE; no foreign keys, so it outlives all. */
export const auditEvents = pgTable(
  "audit_events",
  {
    /**
     * The transaction has its own number before it takes the entry's: by that order lib/audit/seal-entries.ts knows
     * when no entry with a lower id can appear any more. A generated identity would be taken first.
     */
    id: bigint("id", { mode: "number" })
      .primaryKey()
      .default(sql`case when pg_current_xact_id() is not null then nextval('audit_events_id_seq') end`),
    at: moment("at").notNull(),
    action: text("action").notNull(),
    actorId: reference("actor_id"),
    actorUserId: text("actor_user_id"),
    actorName: text("actor_name"),
    tokenId: reference("token_id"),
    tokenName: text("token_name"),
    targetType: text("target_type"),
    targetId: reference("target_id"),
    targetName: text("target_name"),
    before: jsonb("before"),
    after: jsonb("after"),
    ip: inet("ip"),
    userAgent: text("user_agent"),
    requestId: text("request_id"),
  },
  // One for each filter, in the order of the pages: a page costs the same wherever it is and whatever it is narrowed by.
  (table) => [
    index("audit_events_at").on(table.at, table.id),
    index("audit_events_action").on(table.action, table.at, table.id),
    index("audit_events_actor").on(table.actorId, table.at, table.id),
    index("audit_events_actor_user_id").on(table.actorUserId, table.at, table.id),
    index("audit_events_token").on(table.tokenId, table.at, table.id).where(sql`token_id is not null`),
    index("audit_events_target").on(table.targetType, table.targetId, table.at, table.id),
    index("audit_events_ip").on(table.ip, table.at, table.id),
    index("audit_events_request").using("hash", table.requestId),
  ],
);

/**
 * Proof that entries were not touched since: each seal covers the entries from `from_id` to `to_id`, and its hash the
 * seal before it (docs/audit.md). Inserts only, like the entries.
 */
export const auditSeals = pgTable(
  "audit_seals",
  {
    /** 1, 2, 3 … without a gap. */
    number: integer("number").primaryKey(),
    /** The entry after the last one of the seal before; ids between that no entry has are covered too. */
    fromId: reference("from_id").notNull().unique(),
    toId: reference("to_id").notNull().unique(),
    count: integer("count").notNull(),
    /** Entries in this seal and all before it. */
    total: bigint("total", { mode: "number" }).notNull(),
    /** For each entry its id (8 bytes) and its digest (32 bytes): what names the one that was touched. */
    entries: bytea("entries").notNull(),
    hash: bytea("hash").notNull(),
    sealedAt: moment("sealed_at").notNull(),
  },
  (table) => [check("covers_something", sql`${table.toId} >= ${table.fromId} and ${table.count} > 0`)],
);

/** Which creations were asked for under which Idempotency-Key, kept for 24 hours; the key itself is not here. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    principalId: reference("principal_id").notNull(),
    method: text("method").notNull(),
    path: text("path").notNull(),
    keyHash: bytea("key_hash").notNull(),
    requestHash: bytea("request_hash").notNull(),
    /** What exists now: `{type, id, name}` of the thing created. */
    created: jsonb("created").$type<{ type: string; id: number; name: string }>(),
    /** The answer, AES-256-GCM under a key made from the Idempotency-Key; kept for 10 minutes. */
    sealedAnswer: bytea("sealed_answer"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.principalId, table.method, table.path, table.keyHash] }),
    index("idempotency_keys_created_at").on(table.createdAt),
  ],
);

/** What the identity provider last did over SCIM: one row, for the Connections page. */
export const scimActivity = pgTable(
  "scim_activity",
  {
    id: smallint("id").primaryKey().default(1),
    lastRequestAt: moment("last_request_at"),
    lastTokenId: reference("last_token_id"),
    lastTokenName: text("last_token_name"),
    lastErrorAt: moment("last_error_at"),
    /** Method and path, as `PATCH /Users/7`. */
    lastErrorRequest: text("last_error_request"),
    lastErrorStatus: smallint("last_error_status"),
    lastErrorDetail: text("last_error_detail"),
    lastErrorTokenName: text("last_error_token_name"),
  },
  (table) => [check("one_activity", sql`${table.id} = 1`)],
);

/** The one row about this instance. */
export const instance = pgTable(
  "instance",
  {
    id: smallint("id").primaryKey().default(1),
    /** Proves that LATCHKEY_SECRET is the one this database was made with. */
    secretFingerprint: bytea("secret_fingerprint").notNull(),
    setupCodeHash: bytea("setup_code_hash"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [check("one_row", sql`${table.id} = 1`)],
);
