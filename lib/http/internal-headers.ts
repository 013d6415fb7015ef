/**
 * What the listener (server/listener.ts) tells the handlers behind it about a request. It sets these on every request
 * and drops what a client sent under the same names, so they can be believed.
 */
export const requestIdHeader = "x-request-id";
export const clientAddressHeader = "x-latchkey-client-address";
/** Where the client reached us, as `https://latchkey.example.com`. */
export const originHeader = "x-latchkey-origin";
export const nonceHeader = "x-nonce";
