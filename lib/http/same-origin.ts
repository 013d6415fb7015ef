import { env } from "@/lib/env";
import { Problem } from "@/lib/errors";
import { originHeader } from "@/lib/http/internal-headers";

/**
 * Lets only our own pages make unsafe requests by cookie: `Origin` must be the address the request came to, or
 * `PUBLIC_URL`. Without `Origin`, `Sec-Fetch-Site: same-origin` will do; with neither, no.
 * @throws Problem `cross_origin` (403)
 */
export function requireSameOrigin(headers: Headers): void {
  const origin = headers.get("origin");
  const ours = [headers.get(originHeader), env().publicUrl].filter(
    (address) => address !== null && address !== undefined,
  );
  const allowed = origin === null ? headers.get("sec-fetch-site") === "same-origin" : ours.includes(origin);
  if (!allowed)
    throw new Problem(
      "cross_origin",
      "This request did not come from Latchkey's own pages. API clients use a bearer token.",
    );
}
