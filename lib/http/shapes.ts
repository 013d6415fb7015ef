import { z } from "zod";

/**
 * The id of a row, from a path: a positive whole number in its one spelling, since an Idempotency-Key is claimed for a
 * path; anything else is an unknown resource (404).
 */
export const idParams = z.object({
  id: z
    .string()
    .regex(/^[1-9]/)
    .pipe(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
});

/** `page` from 1 and `size` from 1 to 100 (25 unless told). */
export const pageQuery = {
  page: wholeNumber(1, 1_000_000_000).default(1),
  size: wholeNumber(1, 100).default(25),
};

/** Free text to look for; taken literally. */
export const searchQuery = z.string().max(200, "Search for at most 200 characters.").optional();

/** The form of every list but the audit's. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    total: z.int(),
    page: z.int(),
    size: z.int(),
    total_is_estimate: z
      .boolean()
      .meta({ description: "Of very long lists the total is an estimate: above 10,000, in round figures." }),
  });
}

/** A moment, UTC, to the second: `2026-11-05T12:34:56Z`. */
export const timestamp = z.iso.datetime({ precision: 0 });

/** The same to the millisecond: `2026-11-05T12:34:56.789Z`. */
export const preciseTimestamp = z.iso.datetime({ precision: 3 });

const momentMessage = "Must be an ISO 8601 moment with its zone, like 2026-11-05T12:34:56Z.";
const [firstMoment, lastMoment] = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"].map(Date.parse);

/** A moment in a query, with its zone; in the years that have four digits, wherever it is told. */
export const moment = z.iso
  .datetime({ offset: true, error: momentMessage })
  .refine(
    (text) => Date.parse(text) >= Number(firstMoment) && Date.parse(text) <= Number(lastMoment),
    momentMessage,
  );

/** An IPv4 or IPv6 address in a query. */
export const ipAddress = z.union([z.ipv4(), z.ipv6()], "Must be an IP address, like 192.0.2.7.");

/** A whole number in a path or query, which arrive as text. */
export function wholeNumber(min: number, max: number) {
  const message = `Must be a whole number from ${min} to ${max}.`;
  return z
    .string()
    .regex(/^\d{1,16}$/, message)
    .transform(Number)
    .pipe(z.int(message).min(min, message).max(max, message));
}

/** Ids in a query, separated by commas: 1 to `max` of them. */
export function idList(max: number) {
  const message = `Required: 1 to ${max} ids, separated by commas.`;
  return z
    .string(message)
    .regex(/^\d{1,15}(,\d{1,15})*$/, message)
    .transform((text) => [...new Set(text.split(",").map(Number))])
    .pipe(z.array(z.int().min(1, message)).min(1, message).max(max, message));
}

/** `true` or `false` in a query, which arrive as text. */
export const flag = z
  .enum(["true", "false"], { error: "Must be true or false." })
  .transform((word) => word === "true")
  .pipe(z.boolean());

/** One of a closed list of words; the message lists them. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W) {
  return z.enum(words, {
    error: (issue) =>
      `${issue.input === undefined ? "Required: one" : "Must be one"} of ${words.join(", ")}.`,
  });
}
