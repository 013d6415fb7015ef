import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { idList, idParams, timestamp, wholeNumber } from "@/lib/http/shapes";

/** Days for which usage is kept. */
export const usageKeptDays = 90;

const count = z.int().meta({ description: "How often." });
const accepted = count.meta({ description: "Calls that were let in." });
const refused = count.meta({
  description: "Calls with the token revoked, expired, or its account deactivated.",
});

/** One day, UTC. */
const dayOfUsage = z.object({ date: z.iso.date(), accepted, refused });
export type DayOfUsage = z.infer<typeof dayOfUsage>;

const usageQuery = {
  days: wholeNumber(1, usageKeptDays)
    .default(30)
    .meta({ description: "How many days back, today (UTC) being the last." }),
};

/** Callers shown at the most. */
export const maxCallers = 50;

export const readTokenUsage = endpoint({
  id: "readTokenUsage",
  method: "GET",
  path: "/api/user-tokens/[id]/usage",
  tag: "Tokens",
  summary: "Read who uses a token, from where, how often",
  description: `A few seconds behind; kept for ${usageKeptDays} days.`,
  access: "principal",
  params: idParams,
  query: z.object(usageQuery),
  answer: z
    .object({
      callers: z
        .array(
          z.object({
            ip: z.string().nullable().meta({ description: "Null for callers too many to be told apart." }),
            user_agent: z
              .string()
              .nullable()
              .meta({ description: "Product and major version, as `curl/8`; null where none was sent." }),
            accepted,
            refused,
            last_seen_at: timestamp,
          }),
        )
        .meta({ description: `The latest first, ${maxCallers} at the most.` }),
      callers_total: z.int(),
      days: z.array(dayOfUsage).meta({ description: "Every day asked for, the oldest first." }),
      hours: z
        .array(z.object({ hour: timestamp, accepted, refused }))
        .meta({ description: "The last 24 hours, the oldest first." }),
    })
    .meta({ id: "TokenUsage" }),
});
export type TokenUsage = z.infer<(typeof readTokenUsage)["answer"]>;

export const listTokenUsage = endpoint({
  id: "listTokenUsage",
  method: "GET",
  path: "/api/user-tokens/usage",
  tag: "Tokens",
  summary: "Read how much each of many tokens is used",
  description: "Ids that don't exist, or aren't yours to see, are left out.",
  access: "principal",
  query: z.object({ ids: idList(100), ...usageQuery }),
  answer: z.object({ items: z.array(z.object({ id: z.int(), days: z.array(dayOfUsage) })) }),
});
