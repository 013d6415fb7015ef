import type { RequestOrigin } from "@/lib/access/principal";
import { env } from "@/lib/env";
import { clientAddressHeader, originHeader, requestIdHeader } from "@/lib/http/internal-headers";
import { withoutTokens } from "@/lib/tokens/format";

/** Where a request came from, by what the listener wrote on it. */
export function requestOrigin(headers: Headers, gone?: AbortSignal): RequestOrigin {
  const userAgent = headers.get("user-agent");
  return {
    id: headers.get(requestIdHeader) ?? "",
    ip: headers.get(clientAddressHeader) || null,
    userAgent: userAgent && withoutTokens(userAgent),
    baseUrl: env().publicUrl ?? headers.get(originHeader) ?? "",
    ...(gone && { gone }),
  };
}

/**
 * Whether it came over https, so that its cookies must stay there: a browser says so itself (`Origin`) where the proxy
 * that ended TLS isn't believed.
 */
export function isSecure(headers: Headers): boolean {
  return [headers.get("origin"), headers.get(originHeader)].some((address) => address?.startsWith("https:"));
}
