import type { IncomingMessage } from "node:http";
import proxyaddr from "proxy-addr";

/**
 * The client's true address: the socket's, unless that is a trusted proxy; then the last untrusted one in
 * `X-Forwarded-For`.
 */
export function clientAddress(trustedProxies: string[]): (request: IncomingMessage) => string {
  const trust = proxyaddr.compile(trustedProxies);
  if (trustedProxies.length === 0) return (request) => plain(request.socket.remoteAddress ?? "");
  return (request) => plain(proxyaddr(request, trust));
}

/** An IPv4 client on a dual-stack socket is an IPv4 client. */
function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
