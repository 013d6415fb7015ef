import type { IncomingMessage } from "node:http";
import { bearerToken, sendToken, wrongForm } from "@/lib/access/bearer";

const maxFormBytes = 16 * 1024;

/** Why a request carries no token that could be looked at. */
export interface BadCredentials {
  status: 400 | 401;
  why: string;
}

/**
 * The token of the one Authorization header, where it is a bearer's. Read from the raw headers: two of them would
 * otherwise be the first alone here, and perhaps the second in the service behind.
 */
export function credentialsOf({ rawHeaders }: IncomingMessage): string | BadCredentials {
  const [found, second] = valuesOf(rawHeaders, "authorization");
  if (second !== undefined) return { status: 400, why: "There are two Authorization headers." };
  if (found === undefined) return { status: 401, why: sendToken };
  return bearerToken(found) ?? { status: 401, why: wrongForm };
}

/** A header's values as they were sent. `request.headers` would be made for the sake of one. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index] as string;
    if (sent.length === name.length && sent.toLowerCase() === name)
      values.push(rawHeaders[index + 1] as string);
  }
  return values;
}

/** The one `token` of a form of at most 16 KiB; undefined for anything else. Of two, either could be the one that counts. */
export async function readAskedToken(request: IncomingMessage): Promise<string | undefined> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return undefined;
  let text = "";
  // What is too long is read to its end, though not kept: the connection of who stops reading is lost, and the answer with it.
  for await (const chunk of request) if (text.length <= maxFormBytes) text += chunk;
  if (text.length > maxFormBytes) return undefined;
  const [token, second] = new URLSearchParams(text).getAll("token");
  return second === undefined ? token : undefined;
}
