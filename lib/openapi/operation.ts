import { z } from "zod";
import { problemCodes } from "@/lib/errors";
import type { Endpoint } from "@/lib/http/endpoint";
import { bodyExamples } from "@/lib/openapi/examples";
import { toJsonSchema } from "@/lib/openapi/json-schema";
import type { JsonSchema, Operation, Parameter, Reference, Response } from "@/lib/openapi/types";

/** One endpoint as an operation. Named shapes that it uses are added to `schemas`. */
export function operationOf(endpoint: Endpoint, schemas: Record<string, JsonSchema>): Operation {
  const { id, tag, summary, description, access, body, bodyType = "application/json" } = endpoint;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(access === "public" ? { security: [] } : {}),
    parameters: [
      ...parametersOf("path", endpoint.params, schemas),
      ...parametersOf("query", endpoint.query, schemas),
      ...(endpoint.idempotent ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
      ...(endpoint.conditional ? [{ $ref: "#/components/parameters/IfMatch" }] : []),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: {
          [bodyType]: { schema: toJsonSchema(body, "input", schemas), example: bodyExamples.get(id) },
        },
      },
    }),
    responses: { ...successOf(endpoint, schemas), ...problemsOf(endpoint) },
  };
}

function parametersOf(
  place: "path" | "query",
  shape: z.ZodType | undefined,
  schemas: Record<string, JsonSchema>,
): Parameter[] {
  if (!shape) return [];
  if (!(shape instanceof z.ZodObject)) throw new Error("Parameters are declared as an object.");

  return Object.entries<z.ZodType>(shape.shape).map(([name, parameter]) => {
    // What arrives as text is described by what it stands for: the output.
    const { description, ...schema } = toJsonSchema(parameter, "output", schemas);
    return {
      name,
      in: place,
      required: !parameter.safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      ...(schema.type === "array" ? { style: "form" as const, explode: false as const } : {}),
      schema,
    };
  });
}

function successOf(endpoint: Endpoint, schemas: Record<string, JsonSchema>): Record<string, Response> {
  const status = endpoint.status ?? (endpoint.answer ? 200 : 204);
  return {
    [status]: {
      description: successWords[status] ?? "Done.",
      headers: {
        "X-Request-Id": header("RequestId"),
        ...(endpoint.version && { ETag: header("ETag") }),
        ...(endpoint.location && { Location: header("Location") }),
        ...(endpoint.idempotent && { "Idempotency-Replayed": header("IdempotencyReplayed") }),
      },
      ...(endpoint.answer && {
        content: {
          "application/json": { schema: toJsonSchema(endpoint.answer, "output", schemas) },
          ...Object.fromEntries(
            (endpoint.streams ?? []).map((type) => [type, { schema: { type: "string" } }]),
          ),
        },
      }),
    },
  };
}

const successWords: Record<number, string> = {
  200: "Found or done.",
  201: "Created.",
  204: "Done; no body.",
};

/** The problems that follow from what an endpoint takes. Whatever else goes wrong is the same kind of document. */
function problemsOf({
  method,
  access,
  params,
  query,
  body,
  idempotent,
  conditional,
  refusals = [],
}: Endpoint): Record<string, Reference> {
  const statuses = [
    ...(body ? [400, 413, 415] : []),
    ...(access === "principal" ? [401, 403] : []),
    // Our own pages alone may ask (lib/http/same-origin.ts).
    ...(access === "public" && method !== "GET" ? [403] : []),
    ...(params ? [404] : []),
    ...(idempotent ? [409] : []),
    ...(conditional ? [412] : []),
    ...(query || body ? [422] : []),
    ...refusals,
  ];
  const references = statuses.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]);
  return { ...Object.fromEntries(references), default: { $ref: "#/components/responses/Problem" } };
}

/** The answers to what can go wrong, one for each status that a problem has, and one for all of them. */
export function problemResponses(): Record<string, Response> {
  const byStatus = new Map<number, string[]>();
  for (const [code, { status, title }] of Object.entries(problemCodes))
    byStatus.set(status, [...(byStatus.get(status) ?? []), `${title} (\`${code}\`)`]);

  const named = [...byStatus].map(([status, meanings]) => [
    `Problem${status}`,
    problemResponse(`${meanings.join(", ")}.`, extraHeaders[status]),
  ]);
  return { Problem: problemResponse("Any other problem."), ...Object.fromEntries(named) };
}

const extraHeaders: Record<number, Record<string, Reference>> = {
  401: { "WWW-Authenticate": header("WwwAuthenticate") },
  405: { Allow: header("Allow") },
  429: { "Retry-After": header("RetryAfter") },
  503: { "Retry-After": header("RetryAfter") },
};

function problemResponse(description: string, headers: Record<string, Reference> = {}): Response {
  return {
    description,
    headers: { "X-Request-Id": header("RequestId"), ...headers },
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function header(name: string): Reference {
  return { $ref: `#/components/headers/${name}` };
}
