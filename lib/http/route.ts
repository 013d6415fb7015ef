import type { z } from "zod";
import { authenticate } from "@/lib/access/authenticate";
import type { Principal, RequestOrigin } from "@/lib/access/principal";
import { type FieldError, fieldProblem, Problem } from "@/lib/errors";
import { discardBody, readForm, readJson } from "@/lib/http/body";
import type { Endpoint, Output } from "@/lib/http/endpoint";
import { parametersByName } from "@/lib/http/parameters";
import { problemResponse } from "@/lib/http/problem-response";
import { isSecure, requestOrigin } from "@/lib/http/request-origin";
import { requireSameOrigin } from "@/lib/http/same-origin";
import { StreamedAnswer, streamedResponse } from "@/lib/http/streamed-answer";
import { readIdempotencyKey } from "@/lib/idempotency/claim";

interface Call<E extends Endpoint> {
  /** Null on public endpoints only. */
  principal: E["access"] extends "principal" ? Principal : null;
  params: Output<E["params"]>;
  query: Output<E["query"]>;
  body: Output<E["body"]>;
  origin: RequestOrigin;
  headers: Headers;
  /** Sends a cookie with the answer; `Secure` is added where the request came over https. */
  setCookie: (cookie: string) => void;
}

/** What a verb may answer: the contract's answer, nothing, or a stream where the contract knows of one. */
type Result<E extends Endpoint> = E["streams"] extends readonly string[]
  ? Promise<Answer<E> | StreamedAnswer>
  : E["answer"] extends z.ZodType
    ? Promise<Answer<E>>
    : Promise<void>;
type Answer<E extends Endpoint> = E["answer"] extends z.ZodType ? z.input<E["answer"]> : never;

type Handler<E extends Endpoint> = (call: Call<E>) => Result<E>;

/**
 * Turns an endpoint and its verb into a route handler: authenticates, validates what the contract says, calls, checks
 * the answer against the contract (a field it doesn't list never leaves), and answers problems as RFC 9457.
 */
export function route<const E extends Endpoint>(endpoint: E, handle: Handler<E>) {
  return async (
    request: Request,
    context: { params: Promise<Record<string, string>> },
  ): Promise<Response> => {
    const origin = requestOrigin(request.headers, request.signal);
    try {
      return await answerTo(endpoint, handle, request, await context.params, origin);
    } catch (error) {
      await discardBody(request).catch(() => undefined);
      return problemResponse(error, origin.id);
    }
  };
}

async function answerTo<E extends Endpoint>(
  endpoint: E,
  handle: Handler<E>,
  request: Request,
  pathParams: Record<string, string>,
  origin: RequestOrigin,
): Promise<Response> {
  const read = await readCall(endpoint, request, pathParams, origin);
  const headers = new Headers({ "cache-control": "no-store" });
  const setCookie = (cookie: string) =>
    headers.append("set-cookie", isSecure(request.headers) ? `${cookie}; Secure` : cookie);

  const result = await handle({ ...read, setCookie } as unknown as Call<E>);
  if (result instanceof StreamedAnswer)
    return streamedResponse(result, headers, { requestId: origin.id, bodiless: request.method === "HEAD" });
  return respond(endpoint, endpoint.answer?.parse(result), headers, origin);
}

/** Who calls, and with what: all of it checked. */
async function readCall(
  endpoint: Endpoint,
  request: Request,
  pathParams: Record<string, string>,
  origin: RequestOrigin,
) {
  const { headers, url } = request;
  const principal = await admit(endpoint, request, origin);
  const params = endpoint.params && parse(endpoint.params, pathParams, unknownResource);
  const query =
    endpoint.query && storable(parse(endpoint.query, parametersByName(new URL(url).searchParams)));
  const body = endpoint.body && (await readBody(endpoint, endpoint.body, request));

  const key = endpoint.idempotent ? readIdempotencyKey(headers.get("idempotency-key")) : undefined;
  if (key !== undefined)
    origin.idempotency = {
      key,
      method: endpoint.method,
      path: pathOf(endpoint, pathParams),
      body: JSON.stringify(body ?? null),
      replayed: false,
    };
  return { principal, params, query, body, origin, headers };
}

function respond(endpoint: Endpoint, answer: unknown, headers: Headers, origin: RequestOrigin): Response {
  if (origin.idempotency?.replayed) headers.set("idempotency-replayed", "true");
  if (endpoint.version) headers.set("etag", `"${endpoint.version(answer as never)}"`);
  if (endpoint.location) headers.set("location", endpoint.location(answer as never));
  if (!endpoint.answer) return new Response(null, { status: endpoint.status ?? 204, headers });
  headers.set("content-type", "application/json");
  return new Response(JSON.stringify(answer), { status: endpoint.status ?? 200, headers });
}

async function admit(endpoint: Endpoint, request: Request, origin: RequestOrigin): Promise<Principal | null> {
  if (endpoint.access === "principal") return authenticate(request.method, request.headers, origin);
  if (request.method !== "GET" && request.method !== "HEAD") requireSameOrigin(request.headers);
  return null;
}

async function readBody(endpoint: Endpoint, schema: z.ZodType, request: Request): Promise<unknown> {
  if (endpoint.bodyType === "application/x-www-form-urlencoded")
    return parse(schema, await readForm(request));
  return storable(parse(schema, objectIn(await readJson(request))));
}

/** @throws Problem `invalid_input` (422) for JSON that is no object */
function objectIn(json: unknown): object {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw new Problem("invalid_input", "Must be a JSON object.");
}

/** @throws Problem `invalid_input` (422) with one entry per field, or what `otherwise` makes */
function parse(
  schema: z.ZodType,
  input: unknown,
  otherwise: (issues: z.core.$ZodIssue[]) => Problem = invalidInput,
): unknown {
  const result = schema.safeParse(input, { error: typeMessage });
  if (result.success) return result.data;
  throw otherwise(result.error.issues);
}

/** @throws Problem `invalid_input` (422) for text that the database takes nowhere: neither to keep nor to look for */
function storable(input: unknown): unknown {
  const field = fieldWithNul(input, []);
  if (field !== undefined) throw fieldProblem(field, "Must not hold the character U+0000; leave it out.");
  return input;
}

function fieldWithNul(value: unknown, path: string[]): string | undefined {
  if (typeof value === "string") return value.includes("\u0000") ? path.join(".") : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const field = fieldWithNul(inner, [...path, name]);
    if (field !== undefined) return field;
  }
  return undefined;
}

function invalidInput(issues: z.core.$ZodIssue[]): Problem {
  const byField = new Map<string, FieldError>();
  for (const issue of issues) {
    const field = issue.path.join(".");
    if (!byField.has(field)) byField.set(field, { field, message: issue.message });
  }
  const errors = [...byField.values()];
  const detail = errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join(" ");
  return new Problem("invalid_input", detail, { errors });
}

function unknownResource(): Problem {
  return new Problem("not_found", "There is nothing at this address: an id is a positive whole number.");
}

/** For schemas that say nothing of their own. */
const typeMessage: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === "invalid_type" && issue.input === undefined) return "Required.";
  if (issue.code === "invalid_type")
    return issue.path?.length ? `Must be ${issue.expected}.` : "Must be a JSON object.";
  return undefined;
};

function pathOf(endpoint: Endpoint, params: Record<string, string>): string {
  return endpoint.path.replace(/\[(\w+)\]/g, (_, name: string) => params[name] ?? "");
}
