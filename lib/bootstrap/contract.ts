import { z } from "zod";
import { roles } from "@/db/enums";
import { email, newPassword } from "@/lib/sign-in/contract";
import { newToken } from "@/lib/tokens/contract";
import { nameKey, nameOf, serviceUserId } from "@/lib/users/name";

/** The secret of a token made elsewhere, or the environment variable that holds it. */
const secret = z.union([z.string(), z.strictObject({ env: z.string().min(1) })], {
  error: 'Must be a token, or {"env": "NAME"}.',
});

/** `BOOTSTRAP_FILE`. Strict: a misspelt key would be silently missing otherwise, and what comes twice would be half of it. */
export const bootstrapFile = z.strictObject({
  admin: z.strictObject({ name: nameOf("administrator"), email, password: newPassword }).optional(),
  teams: z.array(nameOf("team")).superRefine(eachOnce(nameKey)).default([]),
  service_accounts: z
    .array(
      z.strictObject({
        name: nameOf("service account"),
        role: z.enum(roles),
        teams: z.array(z.string()).default([]),
        tokens: z
          .array(z.strictObject({ ...newToken.shape, secret: secret.optional() }))
          .superRefine(eachOnce(({ name }) => nameKey(name), "name"))
          .default([]),
      }),
    )
    .superRefine(eachOnce(({ name }) => serviceUserId(name), "name"))
    .default([]),
});
export type BootstrapFile = z.output<typeof bootstrapFile>;

/** Refuses the second of two that would be the same here; `field` is where the key comes from. */
function eachOnce<Item>(keyOf: (item: Item) => string | undefined, field?: string) {
  return (items: readonly Item[], context: z.core.$RefinementCtx<readonly Item[]>): void => {
    const places = new Map<string, number>();
    items.forEach((item, index) => {
      const key = keyOf(item);
      const earlier = key === undefined ? undefined : places.get(key);
      if (earlier !== undefined)
        context.addIssue({
          code: "custom",
          path: field ? [index, field] : [index],
          message: `Is the same as at [${earlier}]; name each once.`,
        });
      else if (key !== undefined) places.set(key, index);
    });
  };
}
