const maxLength = 40;
/** RFC 9110 §5.6.2 and §10.1.5. */
const product = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\/v?(\d{1,6})(?![0-9A-Za-z]))?/;
/** Browsers say "Mozilla/5.0" first, and name each other; the first of these that is there is the one. */
const browsers = ["Edg", "OPR", "Firefox", "Chrome", "Version"];

/**
 * What kind of client it is, from its User-Agent: product and major version, as `curl/8`, `python-requests/2`,
 * `Terraform/1`. Versions beyond the major one, platforms and comments make no difference.
 * @returns null where there is none, `other` for what isn't a product
 */
export function userAgentFamily(userAgent: string | null): string | null {
  const text = userAgent?.trim();
  if (!text) return null;
  const [, name, major] = product.exec(browserIn(text) ?? text) ?? [];
  if (!name) return "other";
  const shown = name.slice(0, maxLength);
  return major === undefined ? shown : `${shown}/${major}`;
}

function browserIn(text: string): string | undefined {
  if (!text.startsWith("Mozilla/")) return undefined;
  for (const browser of browsers) {
    const at = text.indexOf(` ${browser}/`);
    if (at < 0) continue;
    const found = text.slice(at + 1);
    // Safari gives its version under another word.
    return browser === "Version" ? found.replace("Version", "Safari") : found;
  }
  return undefined;
}
