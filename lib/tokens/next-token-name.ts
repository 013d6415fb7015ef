import { longestName, nameKey } from "@/lib/users/name";

/**
 * The name of a successor: the old one's with the next free number (T7). `nightly` is followed by `nightly-2`,
 * `nightly-2` by `nightly-3`; a stem too long for its number is cut.
 * @param taken the keys (`nameKey`) of the account's names
 */
export function nextTokenName(name: string, taken: ReadonlySet<string>): string {
  // Longer numbers are dates and the like, and beyond what counts exactly.
  const [, stem = name, number = "1"] = /^(.+)-(\d{1,9})$/u.exec(name) ?? [];
  for (let next = Number(number) + 1; ; next++) {
    const suffix = `-${next}`;
    const candidate =
      [...stem]
        .slice(0, longestName - suffix.length)
        .join("")
        .replace(/[\s-]+$/u, "") + suffix;
    if (!taken.has(nameKey(candidate))) return candidate;
  }
}
