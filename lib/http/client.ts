import type { FieldError, ProblemCode } from "@/lib/errors";
import type { Endpoint, Input, Output } from "@/lib/http/endpoint";

interface CallInput<E extends Endpoint> {
  params?: E["params"] extends object ? Record<string, string | number> : never;
  query?: Partial<Record<string, string | number | boolean | undefined>>;
  body?: Input<E["body"]>;
}

interface CallOptions {
  idempotencyKey?: string;
  /** The version that is to be changed, and no other (412). */
  ifMatch?: string;
  signal?: AbortSignal;
}

/** The server said no; `message` is its sentence for people. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
  constructor(
    readonly status: number,
    readonly code: ProblemCode | "unknown",
    detail: string,
    readonly errors: FieldError[],
    readonly requestId: string | undefined,
    /** Seconds after which a repeat may succeed. */
    readonly retryAfter: number | undefined,
  ) {
    super(detail);
  }
}

/** No answer came: whether the request did anything is not known. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/**
 * Calls one endpoint of the API from the browser, by the session's cookie.
 * @throws RequestRefused for an answer that isn't a success, NoAnswer when none came
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  { params, query, body }: CallInput<E> = {},
  { idempotencyKey, ifMatch, signal }: CallOptions = {},
): Promise<Output<E["answer"]>> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyKey;
  if (ifMatch !== undefined) headers["if-match"] = `"${ifMatch}"`;

  const response = await send(addressOf(endpoint, params, query), {
    method: endpoint.method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw await refusal(response);
  if (!endpoint.answer) return undefined as Output<E["answer"]>;
  return (await readJson(response)) as Output<E["answer"]>;
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new NoAnswer("The server can't be reached.", { cause: error });
  }
}

/** An answer cut off on its way is no answer. */
async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new NoAnswer("The server's answer was cut off.", { cause: error });
  }
}

async function refusal(response: Response): Promise<RequestRefused> {
  const text = await response.text().catch(() => "");
  const problem = parseObject(text);
  return new RequestRefused(
    response.status,
    (problem.code as ProblemCode | undefined) ?? "unknown",
    typeof problem.detail === "string" ? problem.detail : `The server answered ${response.status}.`,
    Array.isArray(problem.errors) ? (problem.errors as FieldError[]) : [],
    response.headers.get("x-request-id") ?? undefined,
    Number(response.headers.get("retry-after")) || undefined,
  );
}

/** A proxy in between may answer with something else than our problem documents. */
function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function addressOf(
  endpoint: Endpoint,
  params: Record<string, string | number> = {},
  query: Partial<Record<string, string | number | boolean | undefined>> = {},
): string {
  const path = endpoint.path.replace(/\[(\w+)\]/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== "") search.set(name, String(value));
  return search.size > 0 ? `${path}?${search}` : path;
}
