/** What PostgreSQL and its driver say when the database, not the statement, is the trouble. */
const lostConnectionStates = /^(08|57P0[1-5]$|53300$|25P0[34]$)/;
const lostConnectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "EAI_AGAIN",
]);
const lostConnectionTexts =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|not queryable/i;

/** Whether `error`, or what caused it, is a database that can't be reached or doesn't answer. */
export function isDatabaseUnavailable(error: unknown): boolean {
  for (const cause of causes(error)) {
    const code = codeOf(cause);
    if (code && (lostConnectionStates.test(code) || lostConnectionCodes.has(code))) return true;
    if (lostConnectionTexts.test(cause.message)) return true;
  }
  return false;
}

/** Whether no connection came free in time: the database may be well, and others at work. */
export function isPoolExhausted(error: unknown): boolean {
  for (const cause of causes(error))
    if (/timeout exceeded when trying to connect/i.test(cause.message)) return true;
  return false;
}

/**
 * What a transaction went by, before it held it, is another now that it does: it is run again, as one that PostgreSQL
 * could not serialize.
 */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
  readonly code = "40001";
}

/** Others were served first, for longer than anybody waits, or than this one's client did. Nothing has been done. */
export class NoTurn extends Error {
  override readonly name = "NoTurn";

  constructor() {
    super("No turn came in time.");
  }
}

/** By its name: who waits in one copy of the module may be refused by another (lib/process.ts). */
export function isNoTurn(error: unknown): boolean {
  return error instanceof Error && error.name === "NoTurn";
}

/** A deadlock, a serialization failure, a lock that wasn't to be had in time. */
const contentionStates = new Set(["40P01", "40001", "55P03"]);

/** Whether PostgreSQL ended a transaction for the sake of others, so that it may get through the next time. */
export function isContention(error: unknown): boolean {
  for (const cause of causes(error)) if (contentionStates.has(codeOf(cause) ?? "")) return true;
  return false;
}

/** The name of the unique constraint that `error` broke, if that is what happened (SQLSTATE 23505). */
export function brokenUniqueConstraint(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    if (codeOf(cause) === "23505") return (cause as Error & { constraint?: string }).constraint;
  }
  return undefined;
}

function* causes(error: unknown): Generator<Error> {
  let current = error;
  while (current instanceof Error) {
    yield current;
    if (current instanceof AggregateError) for (const inner of current.errors) yield* causes(inner);
    current = current.cause;
  }
}

function codeOf(error: Error): string | undefined {
  const code = (error as Error & { code?: unknown }).code;
  return typeof code === "string" ? code : undefined;
}
