import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { timestamp } from "@/lib/http/shapes";

export const status = z.object({
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
export const databaseCheck = z.object({
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

export const readConnectionChecks = endpoint({
  id: "readConnectionChecks",
  method: "GET",
  path: "/api/connections/checks",
  tag: "Instance",
  summary: "Check what this instance hangs on (Admin)",
  description: "Checked anew with each request.",
  access: "principal",
  answer: z.object({ checked_at: timestamp, version: z.string(), database: databaseCheck }),
});
