import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

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

/** Proxies keep connections for a minute: a server that lets go first would cost them failed requests. */
export const usualTimeouts: GateTimeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  idleMs: 65_000,
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
