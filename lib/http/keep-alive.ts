/**
 * How long a connection is kept for its next request, in milliseconds: longer than proxies keep theirs (nginx 60 s,
 * Traefik 90 s, Caddy 120 s). A server that lets go first would cost them failed requests.
 */
export const keepAliveMs = 125_000;
