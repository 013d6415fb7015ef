const home = "/settings";
/** Stands for our own address while a path is resolved against it; no browser can be there. */
const ourselves = "http://latchkey.invalid";

/**
 * Where to go after signing in. Only a path of this site will do, in the sense of the browser that follows it: it
 * strips tabs and line breaks, takes `\` for `/`, and `//host` for another site. Anything else leads home.
 */
export function safeNextPath(wanted: unknown): string {
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, ourselves)) return home;

  const url = new URL(wanted, ourselves);
  const path = url.pathname + url.search + url.hash;
  // Resolving can bring a double slash to the front: "/.//host".
  return url.origin === ourselves && !path.startsWith("//") ? path : home;
}
