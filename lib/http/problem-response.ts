import { isContention, isDatabaseUnavailable, isNoTurn } from "@/db/failures";
import { invalidTokenChallenge } from "@/lib/access/bearer";
import { Problem, problemCodes } from "@/lib/errors";
import { log } from "@/lib/log";

/** The problem that an error is to the client. What wasn't expected is logged in full and told as nothing but "500". */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error)) {
    log().warn({ request_id: requestId, error }, "database unavailable");
    return new Problem("database_unavailable", "The database doesn't answer. Try again in a moment.", {
      retryAfter: 1,
    });
  }
  if (isContention(error)) {
    log().warn({ request_id: requestId, error }, "others held what a request waited for");
    return new Problem("busy", "Others change the same things just now. Try again in a moment.", {
      retryAfter: 1,
    });
  }
  if (isNoTurn(error)) {
    log().warn({ request_id: requestId, error }, "others had all the turns that a request waited for");
    return new Problem("busy", "Too much else is being done just now. Try again in a moment.", {
      retryAfter: 1,
    });
  }
  log().error({ request_id: requestId, error }, "unexpected fault");
  return new Problem(
    "internal",
    `Something went wrong inside Latchkey. The log has it under request ${requestId}.`,
  );
}

/** RFC 9457: what went wrong, for programs and people. */
export function problemDocument(problem: Problem, requestId: string): Record<string, unknown> {
  return {
    type: `/api/docs#${problem.code}`,
    title: problemCodes[problem.code].title,
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    ...problem.extensions,
    request_id: requestId,
  };
}

/** The headers that go with it. A 401 names the scheme and, for a bad token, why (RFC 6750 §3). */
export function problemHeaders(problem: Problem): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  };
  if (problem.retryAfter !== undefined) headers["retry-after"] = String(problem.retryAfter);
  if (problem.code === "invalid_token") headers["www-authenticate"] = invalidTokenChallenge(problem.message);
  else if (problem.status === 401) headers["www-authenticate"] = "Bearer";
  return headers;
}

export function problemResponse(error: unknown, requestId: string): Response {
  const problem = toProblem(error, requestId);
  return new Response(JSON.stringify(problemDocument(problem, requestId)), {
    status: problem.status,
    headers: problemHeaders(problem),
  });
}
