import { z } from "zod";
import { roles } from "@/db/enums";
import { email, newPassword } from "@/lib/sign-in/contract";
import { newToken } from "@/lib/tokens/contract";
import { nameOf } from "@/lib/users/name";

/** The secret of a token made elsewhere, or the environment variable that holds it. */
const secret = z.union([z.string(), z.strictObject({ env: z.string().min(1) })], {
  error: 'Must be a token, or {"env": "NAME"}.',
});

/** `BOOTSTRAP_FILE`. Strict: a misspelt key would be silently missing otherwise. */
export const bootstrapFile = z.strictObject({
  admin: z.strictObject({ name: nameOf("administrator"), email, password: newPassword }).optional(),
  teams: z.array(nameOf("team")).default([]),
  service_accounts: z
    .array(
      z.strictObject({
        name: nameOf("service account"),
        role: z.enum(roles),
        teams: z.array(z.string()).default([]),
        tokens: z.array(z.strictObject({ ...newToken.shape, secret: secret.optional() })).default([]),
      }),
    )
    .default([]),
});
export type BootstrapFile = z.output<typeof bootstrapFile>;
