import type { z } from "zod";

type Shape = z.ZodType;

/**
 * One operation of the API: what it takes, what it answers, who may call it. The route handler validates with it, the
 * client calls with it, the OpenAPI document and the reference are made from it.
 */
export interface Endpoint {
  /** The OpenAPI operation id. */
  id: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As Next spells it: `/api/users/[id]`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  /** `public` answers anybody; `principal` wants a session or a bearer token (401 otherwise). */
  access: "public" | "principal";
  params?: Shape;
  query?: Shape;
  body?: Shape;
  /** JSON unless told: the media type that the body must have. */
  bodyType?: "application/json" | "application/x-www-form-urlencoded";
  /** Absent means 204. */
  answer?: Shape;
  /** Media types, beside JSON, in which it can answer with a stream (lib/http/streamed-answer.ts). */
  streams?: readonly string[];
  /** 200 unless told; 204 without an `answer`. */
  status?: number;
  /** The answer carries a secret: `Cache-Control: no-store` on it and no copy anywhere. */
  secret?: boolean;
  /** Statuses that its verb refuses with, beside those that follow from what it takes. */
  refusals?: readonly number[];
  /** Takes `Idempotency-Key`. */
  idempotent?: boolean;
  /** The version of what is answered, from the answer; sent as `ETag`. */
  version?: (answer: never) => string;
  /** Takes `If-Match`. */
  conditional?: boolean;
  /** The path of what was created, from the answer; sent as `Location`. */
  location?: (answer: never) => string;
}

/** Declares an operation; the identity function, there for its types. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

export type Input<S> = S extends Shape ? z.input<S> : undefined;
export type Output<S> = S extends Shape ? z.output<S> : undefined;
