/**
 * The one instance of a thing in this process. Next gives pages, route handlers and the server that carries them each
 * their own copy of a module; what must exist once (pool, logger, batches) hangs on the process instead.
 */
export function once<T>(name: string, make: () => T): T {
  const key = Symbol.for(`latchkey.${name}`);
  const shelf = globalThis as unknown as Record<symbol, T | undefined>;
  const existing = shelf[key];
  if (existing !== undefined) return existing;
  const made = make();
  shelf[key] = made;
  return made;
}
