import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { keepAliveMs } from "@/lib/http/keep-alive";

export interface GateTimeouts {
  /** For the head of a request to arrive; counts from the opening of the connection. */
  headersMs: number;
  /** For all of a request to arrive. */
  requestMs: number;
  /** Between two requests on one connection. */
  idleMs: number;
  /** How often the first two are looked at. */
  checkEveryMs: number;
}

const usualTimeouts: GateTimeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: keepAliveMs,
  checkEveryMs: 1_000,
};

/** The HTTP server around a gate; who is too slow gets 408 and is let go. */
export function createGateServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  { headersMs, requestMs, idleMs, checkEveryMs }: GateTimeouts = usualTimeouts,
): Server {
  const options = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: checkEveryMs,
  };
  return createServer(options, handle);
}
