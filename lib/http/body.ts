import { Problem } from "@/lib/errors";
import { parametersByName } from "@/lib/http/parameters";

/** No body is longer. */
export const maxBodyBytes = 1024 * 1024;
const maxDrainedBytes = 64 * maxBodyBytes;

/**
 * Reads a JSON body, counting what arrives: a length that was not announced is bounded too.
 * @throws Problem `unsupported_media_type` (415), `body_too_large` (413), `malformed_json` (400)
 */
export async function readJson(request: Request): Promise<unknown> {
  requireMediaType(
    request,
    (type) => type === "application/json" || /^application\/[\w.-]+\+json$/.test(type),
    "application/json",
  );

  const text = decode(await readBytes(request));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem(
      "malformed_json",
      text === "" ? "The body is empty; send a JSON object." : "The body is not valid JSON.",
    );
  }
}

/**
 * Reads a form body.
 * @throws Problem `unsupported_media_type` (415), `body_too_large` (413), `malformed_json` (400) for bad UTF-8,
 *   `invalid_input` (422) for a field that comes twice
 */
export async function readForm(request: Request): Promise<Record<string, string>> {
  requireMediaType(
    request,
    (type) => type === "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded",
  );
  return parametersByName(new URLSearchParams(decode(await readBytes(request))));
}

/** Reads and throws away a body that nobody looked at, because the request was refused before. */
export async function discardBody(request: Request): Promise<void> {
  if (request.body === null || request.bodyUsed) return;
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > maxDrainedBytes) return;
  }
}

function requireMediaType(request: Request, fits: (type: string) => boolean, wanted: string): void {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!fits(type))
    throw new Problem(
      "unsupported_media_type",
      `Send the body as ${wanted}${type ? `, not ${type.slice(0, 80)}` : ""}.`,
    );
}

/**
 * What is too long is still read to its end, within reason, and thrown away: a client that is cut off while it sends
 * would see a broken connection instead of the answer.
 */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length <= maxBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (length > maxDrainedBytes) break;
  }
  if (length > maxBodyBytes) throw new Problem("body_too_large", "The body is longer than 1 MiB.");
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("malformed_json", "The body is not valid UTF-8.");
  }
}
