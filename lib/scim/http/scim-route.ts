import { authenticate } from "@/lib/access/authenticate";
import type { Principal } from "@/lib/access/principal";
import { discardBody, readJson } from "@/lib/http/body";
import { requestOrigin } from "@/lib/http/request-origin";
import { noteScimError, noteScimRequest } from "@/lib/scim/activity/note-activity";
import { scimBase } from "@/lib/scim/http/addresses";
import { type ScimReply, scimErrorReply, scimResponse } from "@/lib/scim/http/scim-response";
import { isObject } from "@/lib/scim/protocol/document";
import { ScimError } from "@/lib/scim/protocol/scim-error";

/** A request to SCIM, once it is known who asks. */
export interface ScimCall {
  principal: Principal;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Headers;
  /** Where this SCIM is, as the client reaches it, without a trailing slash. */
  baseUrl: string;
  /** @throws ScimError 400 `invalidSyntax` for JSON that is no object or nested too deep; Problem for a body that isn't JSON or too long */
  body: () => Promise<Record<string, unknown>>;
}

/**
 * SCIM's frame (RFC 7644), beside lib/http/route.ts: takes SCIM tokens, answers `application/scim+json`, failures too,
 * and notes what came for the Connections page.
 */
export function scimRoute(handle: (call: ScimCall) => Promise<ScimReply>) {
  return async (
    request: Request,
    context: { params: Promise<Record<string, string>> },
  ): Promise<Response> => {
    const origin = requestOrigin(request.headers, request.signal);
    let principal: Principal | undefined;
    try {
      principal = await authenticate(request.method, request.headers, origin, "scim");
      noteScimRequest(principal);
      const reply = await handle({
        principal,
        params: await context.params,
        query: new URL(request.url).searchParams,
        headers: request.headers,
        baseUrl: `${origin.baseUrl}${scimBase}`,
        body: () => readObject(request),
      });
      return scimResponse(reply);
    } catch (error) {
      await discardBody(request).catch(() => undefined);
      const reply = scimErrorReply(error, origin.id);
      noteScimError(principal, request, reply);
      return scimResponse(reply);
    }
  };
}

/** Deeper ones mean nothing in SCIM, and what reads them goes down level by level. */
const maxDepth = 50;

async function readObject(request: Request): Promise<Record<string, unknown>> {
  const body = await readJson(request);
  if (isDeeperThan(maxDepth, body))
    throw new ScimError(400, `The body is nested deeper than ${maxDepth} levels.`, "invalidSyntax");
  if (isObject(body)) return body;
  throw new ScimError(400, "The body takes a JSON object.", "invalidSyntax");
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
