import type { IncomingMessage, ServerResponse } from "node:http";
import { invalidTokenChallenge, refusalReasons, scimTokenElsewhere } from "@/lib/access/bearer";
import { type BadCredentials, credentialsOf, readAskedToken, valuesOf } from "@/lib/gate/credentials";
import type { KnownToken } from "@/lib/gate/known-token";
import { tooLittle } from "@/lib/gate/narrowing";
import { goodReply, json, type Reply, send } from "@/lib/gate/reply";
import type { Verification, Verifier } from "@/lib/gate/verifier";
import { inactive, introspectionOf } from "@/lib/introspection/present";
import type { KnownRefusal } from "@/lib/tokens/verify-token";

export interface GateOptions {
  verifier: Verifier;
  /** The client's true address. */
  addressOf: (request: IncomingMessage) => string;
  noteUse: (tokenId: number, address: string, userAgent: string | null) => void;
  noteRefusal: (tokenId: number, why: KnownRefusal, address: string, userAgent: string | null) => void;
  /** Whether the gate can vouch for anything. */
  isHealthy: () => boolean;
  metrics: () => Promise<{ type: string; text: string }>;
  counts: Outcomes;
}

/** How many requests ended how; plain numbers, read by the metrics when asked. */
export interface Outcomes {
  allowed: number;
  unauthenticated: number;
  forbidden: number;
  unavailable: number;
  other: number;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What the gate answers: `/verify` and below, `/introspect`, `/healthz`, `/metrics`. */
export function gateHandler(options: GateOptions): Handler {
  const { verifier, counts } = options;

  return (request, response) => {
    const reply = route(request);
    if (reply instanceof Promise)
      reply.then(
        (late) => send(response, late),
        () => response.destroy(),
      );
    else send(response, reply);
  };

  function route(request: IncomingMessage): Reply | Promise<Reply> {
    const target = request.url ?? "/";
    if (target.startsWith("/verify") && endsSegment(target, "/verify".length)) return verify(request, target);
    const path = target.split("?", 1)[0];
    if (path === "/introspect") return introspect(request);
    if (path === "/healthz") return health();
    if (path === "/metrics")
      return options
        .metrics()
        .then(({ type, text }) => ({ status: 200, headers: ["content-type", type], body: text }));
    counts.other++;
    return json(404, {
      error: "not_found",
      error_description: "The gate has /verify, /introspect, /healthz and /metrics.",
    });
  }

  function verify(request: IncomingMessage, target: string): Reply | Promise<Reply> {
    const credentials = credentialsOf(request);
    if (typeof credentials !== "string") return refuseCredentials(credentials);
    const verification = verifier.verify(credentials);
    if (verification instanceof Promise) return verification.then((late) => decide(request, target, late));
    return decide(request, target, verification);
  }

  function decide(request: IncomingMessage, target: string, verification: Verification): Reply {
    if (verification.verdict !== "good") return refuseToken(request, verification);
    const { token } = verification;
    noteUse(request, token);
    if (token.scim) return forbid(scimTokenElsewhere);
    const query = target.indexOf("?");
    const lacking = query < 0 ? undefined : tooLittle(token.account, target.slice(query));
    if (lacking !== undefined) return forbid(lacking);
    counts.allowed++;
    return goodReply(token);
  }

  async function introspect(request: IncomingMessage): Promise<Reply> {
    if (request.method !== "POST") {
      counts.other++;
      return json(405, { error: "method_not_allowed", error_description: "/introspect takes POST." }, [
        "allow",
        "POST",
      ]);
    }
    const credentials = credentialsOf(request);
    if (typeof credentials !== "string") return refuseCredentials(credentials);
    const asking = await verifier.verify(credentials);
    if (asking.verdict !== "good") return refuseToken(request, asking);
    if (asking.token.scim) return forbid(scimTokenElsewhere);
    noteUse(request, asking.token);

    const text = await readAskedToken(request);
    if (text === undefined) {
      counts.other++;
      const error_description = "Send token=… once, as application/x-www-form-urlencoded, at most 16 KiB.";
      return json(400, { error: "invalid_request", error_description });
    }
    const asked = await verifier.verify(text);
    if (asked.verdict === "unavailable") return refuseToken(request, asked);
    counts.allowed++;
    // Whoever asks stands for the client that presented it: a token used that way alone is not "never used".
    if (asked.verdict === "good") noteUse(request, asked.token);
    else if (asked.token) noteRefusal(request, asked.token, asked.verdict as KnownRefusal);
    return json(200, asked.verdict === "good" ? introspectionOf(asked.token) : inactive);
  }

  function refuseToken(request: IncomingMessage, { verdict, token }: Verification): Reply {
    if (verdict === "unavailable") {
      counts.unavailable++;
      const error_description = "Nobody can say just now whether the token is good.";
      return json(503, { error: "temporarily_unavailable", error_description }, ["retry-after", "1"]);
    }
    if (token) noteRefusal(request, token, verdict as KnownRefusal);
    counts.unauthenticated++;
    const error_description = refusalReasons[verdict as keyof typeof refusalReasons];
    const challenge = invalidTokenChallenge(error_description);
    return json(401, { error: "invalid_token", error_description }, ["www-authenticate", challenge]);
  }

  function refuseCredentials({ status, why }: BadCredentials): Reply {
    counts.unauthenticated++;
    return json(status, { error: "invalid_request", error_description: why }, ["www-authenticate", "Bearer"]);
  }

  function forbid(why: string): Reply {
    counts.forbidden++;
    return json(403, { error: "insufficient_scope", error_description: why });
  }

  function health(): Reply {
    const healthy = options.isHealthy();
    return json(healthy ? 200 : 503, { status: healthy ? "ok" : "unavailable" });
  }

  function noteUse(request: IncomingMessage, { tokenId }: KnownToken): void {
    options.noteUse(tokenId, options.addressOf(request), userAgentOf(request));
  }

  function noteRefusal(request: IncomingMessage, { tokenId }: KnownToken, why: KnownRefusal): void {
    options.noteRefusal(tokenId, why, options.addressOf(request), userAgentOf(request));
  }
}

function userAgentOf({ rawHeaders }: IncomingMessage): string | null {
  return valuesOf(rawHeaders, "user-agent")[0] ?? null;
}

/** Whether a path's segment ends here, and not in the middle of a longer word. */
function endsSegment(target: string, length: number): boolean {
  const next = target.charCodeAt(length);
  return Number.isNaN(next) || next === 0x2f || next === 0x3f;
}
