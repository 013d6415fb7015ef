/** A moment as answers carry it: ISO 8601, UTC, to the second. */
export function isoSeconds(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

/** The same for a moment that may not be. */
export function isoSecondsOrNull(moment: Date | null): string | null {
  return moment && isoSeconds(moment);
}
