import { z } from "zod";

/** Code points in the name of an account, a token or a team (A2). */
export const longestName = 100;
const forbidden = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * The name of an account, a token or a team (A2, T1): trimmed, NFC, 1 to 100 code points, without control or
 * bidirectional-override characters. `what` completes the sentence "Enter a name for the …".
 */
export function nameOf(what: string) {
  return z
    .string({
      error: (issue) =>
        issue.input === undefined ? `Enter a name for the ${what}.` : "The name must be text.",
    })
    .transform((text) => text.trim().normalize("NFC"))
    .superRefine((name, context) => {
      const message = nameFault(name, what);
      if (message) context.addIssue({ code: "custom", message });
    })
    .meta({
      minLength: 1,
      maxLength: longestName,
      description: `1 to ${longestName} characters, trimmed; none that control the text or its direction.`,
    });
}

/** Whether a text has characters that control it or its direction: nothing that is shown as a name has. */
export function hasControls(text: string): boolean {
  return forbidden.test(text);
}

/** The name (A2) that comes nearest to a text which isn't ours to refuse; undefined where nothing of it can be seen. */
export function nearestName(text: string): string | undefined {
  const allowed = text.toWellFormed().replace(new RegExp(forbidden, "gu"), "");
  const name = [...allowed.trim().normalize("NFC")].slice(0, longestName).join("").trim();
  return visible.test(name) ? name : undefined;
}

/** The key under which names that differ only in case are the same. */
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

/** The key of a team's name: a provider's may have spaces at its ends, which nobody sees and no two teams differ by. */
export function teamKey(name: string): string {
  return nameKey(name.trim());
}

/** What is wrong with a name that `serviceUserId` makes nothing of. */
export const noIdMessage = "Use at least one letter a–z or digit: the account's ID is made from the name.";

/**
 * The `user_id` of a service account (A2): NFKD without marks, lower-cased, white space to `_`, `[a-z0-9_]` kept, then
 * `@service`. `undefined` when no letter or digit is left.
 */
export function serviceUserId(name: string): string | undefined {
  const stem = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\s+/gu, "_")
    .replace(/[^a-z0-9_]/g, "");
  return /[a-z0-9]/.test(stem) ? `${stem}@service` : undefined;
}

function nameFault(name: string, what: string): string | undefined {
  if (name === "") return `Enter a name for the ${what}.`;
  if ([...name].length > longestName) return `Use at most ${longestName} characters.`;
  if (!name.isWellFormed() || hasControls(name)) return "Leave out control and text-direction characters.";
  if (!visible.test(name)) return "Use at least one visible character.";
  return undefined;
}
