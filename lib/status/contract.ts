import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { timestamp } from "@/lib/http/shapes";

const status = z.object({
  status: z.literal("ok"),
  version: z.string(),
});

export const readStatus = endpoint({
  id: "readStatus",
  method: "GET",
  path: "/api/status",
  tag: "Instance",
  summary: "Health and version",
  description: "503 with a problem document when the database doesn't answer.",
  access: "public",
  answer: status,
});

const checkState = z.enum(["healthy", "degraded", "down"]);

/** What was found out about the database, at a moment. No host, user or address of it. */
const databaseCheck = z.object({
  state: checkState.meta({
    description: "`degraded`: migrations are missing, or it is slow to answer. `down`: it doesn't answer.",
  }),
  version: z
    .string()
    .nullable()
    .meta({ examples: ["PostgreSQL 18.4"] }),
  migrations: z.object({ applied: z.int(), pending: z.int() }).nullable(),
  round_trip_ms: z.number().nullable(),
});
export type DatabaseCheck = z.infer<typeof databaseCheck>;

/** Whether the gate beside this server vouches for tokens now. */
const gateCheck = z.object({
  state: z.enum(["healthy", "degraded", "down", "not_configured"]).meta({
    description:
      "`degraded`: it answers, but can't vouch for tokens now. `down`: it doesn't answer. `not_configured`: `GATE_PORT` is 0.",
  }),
  port: z.int().nullable(),
  round_trip_ms: z.number().nullable(),
});
export type GateCheck = z.infer<typeof gateCheck>;

/** How the clocks stand to each other; expiry is told by the server's. */
const clockCheck = z.object({
  state: z.enum(["healthy", "degraded"]).meta({
    description: "`degraded`: the database's clock is more than a second off.",
  }),
  server_time: z.iso.datetime({ precision: 3 }),
  database_ahead_ms: z.int().meta({ description: "Negative: the database's clock is behind the server's." }),
});
export type ClockCheck = z.infer<typeof clockCheck>;

/** What the identity provider last did over SCIM. */
const scimCheck = z.object({
  state: z.enum(["ready", "connected", "quiet"]).meta({
    description: "`ready`: no request yet. `connected`: one within 24 hours. `quiet`: none for longer.",
  }),
  last_request: z
    .object({ at: timestamp, token: z.string().nullable().meta({ description: "The name of its token." }) })
    .nullable(),
  last_error: z
    .object({
      at: timestamp,
      request: z.string().meta({ examples: ["PATCH /Users/7"] }),
      status: z.int(),
      detail: z.string().nullable(),
      token: z.string().nullable(),
    })
    .nullable(),
});
export type ScimCheck = z.infer<typeof scimCheck>;

export const readConnectionChecks = endpoint({
  id: "readConnectionChecks",
  method: "GET",
  path: "/api/connections/checks",
  tag: "Instance",
  summary: "Check what this instance hangs on (Admin)",
  description: "Checked anew with each request.",
  access: "principal",
  answer: z.object({
    checked_at: timestamp,
    version: z.string(),
    database: databaseCheck,
    gate: gateCheck,
    scim: scimCheck.nullable().meta({ description: "Null where the database doesn't answer." }),
    clock: clockCheck.nullable().meta({ description: "Null where the database doesn't answer." }),
  }),
});
