let read: () => Date = () => new Date();

/** The present moment, to the millisecond. All rules about time ask here, so that tests can set it. */
export function now(): Date {
  return read();
}

/** For tests: makes `now()` answer from `source` until the returned function is called. */
export function setClock(source: () => Date): () => void {
  const previous = read;
  read = source;
  return () => {
    read = previous;
  };
}

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => count * 3_600_000;
export const days = (count: number) => count * 86_400_000;

/** The hour that a moment is in: its beginning. */
export function startOfHour(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / hours(1)) * hours(1));
}
