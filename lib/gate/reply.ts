import type { ServerResponse } from "node:http";
import type { KnownAccount } from "@/lib/gate/known-account";
import type { KnownToken } from "@/lib/gate/known-token";
import { teamsHeader } from "@/lib/gate/narrowing";

/** What goes back; headers are names and values in turn. */
export interface Reply {
  status: number;
  headers: string[];
  body: string;
}

const identities = new WeakMap<KnownAccount, readonly string[]>();

/** Who it is, for the service behind. */
export function goodReply({ tokenId, account }: KnownToken): Reply {
  let identity = identities.get(account);
  if (!identity) {
    identity = identityOf(account);
    identities.set(account, identity);
  }
  return { status: 200, headers: [...identity, "x-latchkey-token-id", String(tokenId)], body: "" };
}

/** The headers that are the same for all tokens of an account, made once. */
function identityOf({ userId, userType, role, teams }: KnownAccount): string[] {
  return Object.entries({
    "cache-control": "no-store",
    "content-length": "0",
    "x-latchkey-user": encodeURI(userId),
    "x-latchkey-user-type": userType,
    "x-latchkey-role": role,
    "x-latchkey-teams": teamsHeader(teams),
  }).flat();
}

export function json(status: number, content: object, headers: string[] = []): Reply {
  const body = JSON.stringify(content);
  const length = String(Buffer.byteLength(body));
  return {
    status,
    headers: [
      "content-type",
      "application/json",
      "cache-control",
      "no-store",
      "content-length",
      length,
      ...headers,
    ],
    body,
  };
}

export function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers);
  response.end(body);
}
