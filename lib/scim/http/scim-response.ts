import type { Problem } from "@/lib/errors";
import { problemHeaders, toProblem } from "@/lib/http/problem-response";
import { errorMessage, ScimError, type ScimType } from "@/lib/scim/protocol/scim-error";

export const scimMediaType = "application/scim+json";

/** What a handler answers; without a body, 204 or 304. */
export interface ScimReply {
  status: number;
  body?: object;
  headers?: Record<string, string>;
}

export function scimResponse({ status, body, headers = {} }: ScimReply): Response {
  const all = { "cache-control": "no-store", ...headers };
  if (body === undefined) return new Response(null, { status, headers: all });
  return new Response(JSON.stringify(body), { status, headers: { ...all, "content-type": scimMediaType } });
}

/** A failure in SCIM's form. What wasn't expected is logged in full and told as nothing but "500". */
export function scimErrorReply(error: unknown, requestId: string): ScimReply {
  if (error instanceof ScimError) return { status: error.status, body: errorMessage(error) };
  const problem = toProblem(error, requestId);
  const told = new ScimError(statusOf(problem), problem.message, scimTypes[problem.code]);
  return { status: told.status, body: errorMessage(told), headers: headersOf(problem) };
}

/** SCIM has no 422. */
function statusOf({ status }: Problem): number {
  return status === 422 ? 400 : status;
}

const scimTypes: Partial<Record<Problem["code"], ScimType>> = {
  malformed_json: "invalidSyntax",
  malformed_request: "invalidSyntax",
  invalid_input: "invalidValue",
  name_taken: "uniqueness",
};

function headersOf(problem: Problem): Record<string, string> {
  const { "content-type": _type, ...headers } = problemHeaders(problem);
  return headers;
}
