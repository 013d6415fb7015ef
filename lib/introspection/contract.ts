import { z } from "zod";
import { roles } from "@/db/enums";
import { endpoint } from "@/lib/http/endpoint";

/** RFC 7662 §2.2. For a token that isn't good, `{"active": false}` and nothing else. */
const introspection = z
  .object({
    active: z.boolean(),
    sub: z.string().optional().meta({ description: "The `user_id`." }),
    username: z.string().optional().meta({ description: "The `user_id`." }),
    token_type: z.literal("Bearer").optional(),
    iat: z.int().optional().meta({ description: "Seconds since 1970." }),
    exp: z.int().optional().meta({ description: "Seconds since 1970; absent for never." }),
    role: z.enum(roles).optional(),
    teams: z.array(z.string()).optional(),
  })
  .meta({ id: "Introspection" });
export type Introspection = z.infer<typeof introspection>;

export const introspect = endpoint({
  id: "introspect",
  method: "POST",
  path: "/api/introspect",
  tag: "Tokens",
  summary: "Ask about a token (RFC 7662)",
  description:
    "Any active token that isn't SCIM-only may ask. For thousands of questions a second ask the gate, which answers the same.",
  access: "principal",
  body: z.object({
    token: z.string("Send the token as token=…."),
  }),
  bodyType: "application/x-www-form-urlencoded",
  answer: introspection,
});
