import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import proxyaddr from "proxy-addr";
import { env } from "@/lib/env";
import { Problem } from "@/lib/errors";
import { clientAddressHeader, nonceHeader, originHeader, requestIdHeader } from "@/lib/http/internal-headers";
import { keepAliveMs } from "@/lib/http/keep-alive";
import { problemDocument, problemHeaders } from "@/lib/http/problem-response";
import { canonicalPath, isPlainPath, methodsAt } from "@/lib/http/resolve-path";
import { log } from "@/lib/log";
import { isScimPath } from "@/lib/scim/http/addresses";
import { scimErrorReply, scimMediaType } from "@/lib/scim/http/scim-response";
import { withoutTokens } from "@/lib/tokens/format";
import { clientAddress } from "@/server/client-address";
import { commonHeaders, dataPolicy, pagePolicy } from "@/server/security-headers";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * The HTTP server in front of Next. It settles, before anything else looks at a request: its id, the client's true
 * address, one spelling of its path, and the headers that keep pages safe. Unknown API paths and methods end here.
 */
export function createListener(next: Handler, { dev }: { dev: boolean }): Server {
  const trust = proxyaddr.compile(env().trustedProxies);
  const addressOf = clientAddress(env().trustedProxies);
  return createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    const id = prepare(request, addressOf(request), trust(request.socket.remoteAddress ?? "", 0));
    response.setHeader(requestIdHeader, id);
    logWhenDone(request, response, id);
    handle(request, response, id, next, dev).catch((error: unknown) => {
      log().error({ request_id: id, error }, "unexpected fault outside the handlers");
      if (!response.headersSent)
        refuse(
          response,
          id,
          splitTarget(request.url ?? "/").path,
          new Problem("internal", `Something went wrong. The log has it under request ${id}.`),
        );
      else response.destroy();
    });
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  next: Handler,
  dev: boolean,
): Promise<void> {
  const { path, search } = splitTarget(request.url ?? "/");
  const method = request.method ?? "GET";
  const isApi = path === "/api" || path.startsWith("/api/");
  const isPage = !isApi || path === "/api/docs";
  setHeaders(request, response, isPage, dev);

  const allowed = isApi ? apiMethodsAt(path) : isPlainPath(path) ? ["GET", "HEAD"] : [];
  if (allowed.length === 0)
    return refuse(response, id, path, new Problem("not_found", `There is nothing at ${path.slice(0, 200)}.`));
  if (!allowed.includes(method)) {
    response.setHeader("allow", allowed.join(", "));
    return refuse(
      response,
      id,
      path,
      new Problem("method_not_allowed", `${path.slice(0, 200)} takes ${allowed.join(", ")}.`),
    );
  }
  request.url = path + search;
  await next(request, response);
}

/** Writes what is known about the request onto it, over whatever a client sent under those names. */
function prepare(request: IncomingMessage, address: string, trusted: boolean): string {
  const { headers } = request;
  const protocol = trusted && first(headers["x-forwarded-proto"]) === "https" ? "https" : "http";
  const host = (trusted && first(headers["x-forwarded-host"])) || headers.host || "localhost";
  const givenId = first(headers[requestIdHeader]);
  const id = trusted && givenId && /^[\w.-]{1,64}$/.test(givenId) ? givenId : randomUUID();

  for (const name of [
    "x-forwarded-host",
    "x-forwarded-port",
    "x-real-ip",
    "forwarded",
    "content-security-policy",
    nonceHeader,
  ])
    delete headers[name];
  headers[requestIdHeader] = id;
  headers[clientAddressHeader] = address;
  headers[originHeader] = `${protocol}://${host}`;
  headers["x-forwarded-for"] = address;
  headers["x-forwarded-proto"] = protocol;
  return id;
}

function setHeaders(request: IncomingMessage, response: ServerResponse, isPage: boolean, dev: boolean): void {
  const secure = String(request.headers[originHeader]).startsWith("https:");
  for (const [name, value] of Object.entries(commonHeaders(secure))) response.setHeader(name, value);
  if (!isPage) {
    response.setHeader("content-security-policy", dataPolicy);
    return;
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, dev);
  // Next takes the nonce for its own scripts from the policy on the request.
  request.headers["content-security-policy"] = policy;
  request.headers[nonceHeader] = nonce;
  response.setHeader("content-security-policy", policy);
}

/** None at a path that what comes after can't read: a stray `%` is no path of ours. */
function apiMethodsAt(path: string): readonly string[] {
  try {
    decodeURIComponent(path);
  } catch {
    return [];
  }
  return methodsAt(path);
}

/** A problem, in the form of the place it happened at. */
function refuse(response: ServerResponse, id: string, path: string, problem: Problem): void {
  if (isScimPath(path)) {
    const { status, body, headers } = scimErrorReply(problem, id);
    response.writeHead(status, { ...headers, "content-type": scimMediaType });
    response.end(JSON.stringify(body));
    return;
  }
  response.writeHead(problem.status, problemHeaders(problem));
  response.end(JSON.stringify(problemDocument(problem, id)));
}

/** One line a request, for files of the pages only when they fail; without the query, since people type into it. */
function logWhenDone(request: IncomingMessage, response: ServerResponse, id: string): void {
  const started = performance.now();
  const path = withoutTokens(splitTarget(request.url ?? "/").path);
  response.on("close", () => {
    if (path.startsWith("/_next/") && response.statusCode < 400) return;
    log().info(
      {
        request_id: id,
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round((performance.now() - started) * 10) / 10,
        ip: request.headers[clientAddressHeader],
        ...(response.writableFinished ? {} : { aborted: true }),
      },
      "request",
    );
  });
}

/** The request target's path, in its one spelling, and its query; as proxies are asked (RFC 9112 §3.2.2), too. */
function splitTarget(sent: string): { path: string; search: string } {
  const target = sent.replace(/^https?:\/\/[^/?]*/i, "");
  const query = target.indexOf("?");
  const pathname = (query < 0 ? target : target.slice(0, query)) || "/";
  return {
    path: canonicalPath(pathname.replace(/^\/{2,}/, "/")),
    search: query < 0 ? "" : target.slice(query),
  };
}

function first(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  return text?.split(",")[0]?.trim();
}
