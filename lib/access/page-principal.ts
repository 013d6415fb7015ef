import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { authenticate } from "@/lib/access/authenticate";
import type { Principal } from "@/lib/access/principal";
import { Problem } from "@/lib/errors";
import { tellingOutage } from "@/lib/http/page-outage";
import { requestOrigin } from "@/lib/http/request-origin";

/** Who the page is for, by the session's cookie; undefined without one. Asked once per page. */
export const findPagePrincipal = cache(async (): Promise<Principal | undefined> => {
  const received = new Headers(await headers());
  // A page is for a person in a browser; a token on it would be somebody's mistake.
  received.delete("authorization");
  try {
    return await tellingOutage(() => authenticate("GET", received, requestOrigin(received)));
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return undefined;
    throw error;
  }
});

/** The same, for pages that need a session: without one, to the sign-in page, and back to `path` afterwards. */
export async function requirePagePrincipal(path: string): Promise<Principal> {
  const principal = await findPagePrincipal();
  if (!principal) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return principal;
}
