/** Lets at most so many do something at a time; who comes beyond that waits, in the order of coming. */
export function turns(atATime: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working === atATime) await new Promise<void>((resolve) => waiting.push(resolve));
    else working++;
    try {
      return await work();
    } finally {
      // A turn is handed on: nobody who comes just now gets ahead of those that wait.
      const next = waiting.shift();
      if (next) next();
      else working--;
    }
  };
}
