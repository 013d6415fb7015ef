import { z } from "zod";
import { timestamp } from "@/lib/http/shapes";

/** What an identity provider may manage of an account or a team. */
const managedFields = ["name", "role", "members"] as const;

/** The identity provider that manages something over SCIM, and what of it can't be changed here (A8). */
export const managedBy = z
  .object({
    token: z.string().nullable().meta({ description: "The name of the SCIM token it last wrote with." }),
    written_at: timestamp,
    fields: z
      .array(z.enum(managedFields))
      .meta({ description: "What can't be changed but over SCIM (409 `provider_managed`)." }),
  })
  .meta({ id: "ManagedBy" });
export type ManagedBy = z.infer<typeof managedBy>;
