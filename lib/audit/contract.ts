import { z } from "zod";
import { auditActions, auditFaults, auditTargetTypes } from "@/db/enums";
import { endpoint } from "@/lib/http/endpoint";
import { ipAddress, moment, oneOf, preciseTimestamp, wholeNumber } from "@/lib/http/shapes";

const words = z.record(z.string(), z.unknown()).nullable();

/** One thing that was done. Its canonical text (lib/audit/canonical.ts) is what seals are made of: add nothing here. */
const auditEvent = z
  .object({
    id: z.int(),
    at: preciseTimestamp,
    action: z.string().meta({ description: "One of the actions that the filter `action` takes." }),
    actor: z
      .object({ id: z.int().nullable(), user_id: z.string().nullable(), name: z.string().nullable() })
      .nullable()
      .meta({
        description: "Who did it, as they were called then. Null before anybody had proved who they are.",
      }),
    token: z
      .object({ id: z.int().nullable(), name: z.string().nullable() })
      .nullable()
      .meta({ description: "The token it was done with; null for a session." }),
    target: z
      .object({ type: z.string().nullable(), id: z.int().nullable(), name: z.string().nullable() })
      .nullable()
      .meta({ description: "What it was done to, as it was called then." }),
    before: words,
    after: words.meta({ description: 'The fields it concerns. Secrets are "set" or "changed".' }),
    ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string().nullable(),
  })
  .meta({ id: "AuditEvent" });
export type AuditEvent = z.infer<typeof auditEvent>;

/** The formats in which all that a filter finds can be had at once. */
const exportFormats = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const number = wholeNumber(1, Number.MAX_SAFE_INTEGER);

const auditFilters = {
  actor: z
    .string()
    .trim()
    .min(1, "Must be a user_id or the number of an account.")
    .max(254, "Must be a user_id or the number of an account.")
    .optional()
    .meta({ description: "Who did it: the `user_id` as it was then, or the number of the account." }),
  account: number.optional().meta({
    description: "What an account did, and what was done to it and to the tokens it has; its number.",
  }),
  token_id: number.optional().meta({ description: "The token it was done with." }),
  action: oneOf(auditActions).optional(),
  target_type: oneOf(auditTargetTypes).optional().meta({ description: "Together with `target_id`." }),
  target_id: number.optional().meta({ description: "Together with `target_type`." }),
  since: moment.optional().meta({ description: "Not before this moment." }),
  until: moment.optional().meta({ description: "Before this moment." }),
  ip: ipAddress.optional(),
  request_id: z.string().trim().min(1).max(200).optional(),
};
const auditQuery = z.strictObject(
  {
    ...auditFilters,
    size: wholeNumber(1, 100).default(25),
    cursor: z.string().max(500).optional().meta({
      description: "`next_cursor` or `previous_cursor` of an earlier page, under the same filters.",
    }),
    format: oneOf(["json", ...exportFormats])
      .default("json")
      .meta({
        description: "`csv` and `ndjson` answer with everything that the filters find, as a stream.",
      }),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `There is no filter ${issue.keys.join(", ")}. There are ${Object.keys(auditFilters).join(", ")}.`
        : undefined,
  },
);

export const listAuditEvents = endpoint({
  id: "listAuditEvents",
  method: "GET",
  path: "/api/audit-events",
  tag: "Audit",
  summary: "List or export what was done (Admin)",
  description:
    "Newest first, in pages by cursor: a page is as fast at the end as at the beginning, and entries that arrive meanwhile shift nothing. With `format`, all of it as a file; each line of `ndjson` is an entry's canonical text, whose SHA-256 is in the seals. A parameter that isn't one is refused, so that a misspelt filter doesn't pass for an empty one.",
  access: "principal",
  query: auditQuery
    .refine((query) => (query.target_type === undefined) === (query.target_id === undefined), {
      path: ["target_id"],
      error: "target_type and target_id go together.",
    })
    .refine((query) => query.format === "json" || query.cursor === undefined, {
      path: ["cursor"],
      error: "An export holds everything that the filters find; it takes no cursor.",
    }),
  answer: z.object({
    items: z.array(auditEvent),
    next_cursor: z.string().nullable().meta({ description: "Leads to older entries; null at the end." }),
    previous_cursor: z.string().nullable().meta({ description: "Leads to newer ones; null at the newest." }),
  }),
  streams: ["text/csv", "application/x-ndjson"],
});
export type AuditPage = z.infer<typeof listAuditEvents.answer>;
type AuditQuery = z.output<typeof listAuditEvents.query>;

/** What narrows the list, apart from where in it a page is. */
export type AuditFilter = Omit<AuditQuery, "size" | "cursor" | "format">;

const sealHash = z.string().regex(/^[0-9a-f]{64}$/, "Must be 64 hexadecimal digits.");
const knownHead = z.object({ seal: z.int("Must be the number of a seal.").min(0), hash: sealHash });
/** As much of a head as it takes to compare with. */
export type KnownHead = z.output<typeof knownHead>;

const auditHead = z
  .object({
    seal: z.int().meta({ description: "The number of the last seal; 0 when there is none." }),
    to_id: z.int().meta({ description: "The last entry that it covers." }),
    total: z.int().meta({ description: "Entries in all seals." }),
    hash: sealHash,
    sealed_at: preciseTimestamp.nullable(),
    unsealed: z.int().meta({ description: "Entries that wait for a seal, counted up to 10,000." }),
  })
  .meta({ id: "AuditHead" });
export type AuditHead = z.infer<typeof auditHead>;

export const readAuditHead = endpoint({
  id: "readAuditHead",
  method: "GET",
  path: "/api/audit-events/head",
  tag: "Audit",
  summary: "Read the head of the chain of seals (Admin)",
  description:
    "Keep it where nobody who could alter the database can reach it: a later verification with it proves that neither the end was cut off nor everything made anew.",
  access: "principal",
  answer: auditHead,
});

const auditFault = z.object({
  kind: z.enum(auditFaults),
  seal: z.int(),
  entry_id: z.int().nullable(),
  detail: z.string(),
});
export type AuditFault = z.infer<typeof auditFault>;

export const verifyAudit = endpoint({
  id: "verifyAudit",
  method: "POST",
  path: "/api/audit-events/verification",
  tag: "Audit",
  summary: "Verify the seals (Admin)",
  description:
    "Computes the chain of seals again from the entries. One call covers 50,000 entries at the most; go on from `next_seal` until it is null. The first entry that was altered, removed or slipped in is named.",
  access: "principal",
  body: z.object({
    from_seal: z
      .int("Must be the number of a seal, from 1.")
      .min(1, "Must be the number of a seal, from 1.")
      .default(1),
    head: knownHead.optional().meta({ description: "A head that was kept elsewhere." }),
  }),
  answer: z
    .object({
      intact: z.boolean(),
      from_seal: z.int(),
      to_seal: z.int(),
      entries: z.int().meta({ description: "Entries that this call has proven." }),
      next_seal: z.int().nullable().meta({ description: "Where to go on; null at the end." }),
      fault: auditFault.nullable(),
    })
    .meta({ id: "AuditVerification" }),
});
export type AuditVerification = z.infer<typeof verifyAudit.answer>;
