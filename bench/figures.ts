export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** What that share of the values stays under. */
export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
