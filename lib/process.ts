const shelfKey = Symbol.for("latchkey");
const host = globalThis as unknown as { [shelfKey]?: Record<string, unknown> };
host[shelfKey] ??= {};
const shelf = host[shelfKey];

/**
 * The one instance of a thing in this process. Next gives pages, route handlers and the server that carries them each
 * their own copy of a module; what must exist once (pool, logger, batches) hangs on the process instead.
 */
export function once<T>(name: string, make: () => T): T {
  const existing = shelf[name];
  if (existing !== undefined) return existing as T;
  const made = make();
  shelf[name] = made;
  return made;
}
