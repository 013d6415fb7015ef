import { endpoints } from "@/lib/openapi/endpoints";
import { scimAddresses, scimBase } from "@/lib/scim/http/addresses";

/** The published examples call these without `/api`. */
const rootAliases = ["/users", "/user-tokens", "/teams"];

/** What isn't an endpoint, but answers GET below `/api`. */
const documents = ["/api/openapi.json", "/api/docs"];

/** One spelling for every path: root aliases go below `/api`, and a slash at the end is no other place. */
export function canonicalPath(pathname: string): string {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, "") || "/" : pathname;
  return rootAliases.some((alias) => path === alias || path.startsWith(`${alias}/`)) ? `/api${path}` : path;
}

/**
 * Whether a path is read in one way by everybody. Next would go the steps (`..`) and turn the slashes that we have taken
 * for a part of a name, and come out elsewhere.
 */
export function isPlainPath(path: string): boolean {
  return path.startsWith("/") && !path.includes("\\") && !/\/(\.|%2e){1,2}(\/|$)/i.test(path);
}

/** The methods that a canonical path below `/api` answers to; empty for an unknown path. */
export function methodsAt(path: string): string[] {
  if (documents.includes(path)) return ["GET", "HEAD"];
  const methods = new Set<string>();
  for (const { method } of matching(path)) {
    methods.add(method);
    if (method === "GET") methods.add("HEAD");
  }
  return [...methods];
}

/** A literal segment goes before a parameter: `/api/users/me` is not a user's id. */
function matching(path: string): { method: string }[] {
  const segments = path.split("/");
  const candidates = routes().filter(
    (route) =>
      route.segments.length === segments.length &&
      route.segments.every(
        (segment, index) =>
          segment === segments[index] || (segment.startsWith("[") && segments[index] !== ""),
      ),
  );
  const fewestParams = Math.min(...candidates.map(({ params }) => params));
  return candidates.filter(({ params }) => params === fewestParams);
}

let table: { method: string; segments: string[]; params: number }[] | undefined;

function routes() {
  const scim = scimAddresses.flatMap(({ path, methods }) =>
    methods.map((method) => ({ method, path: scimBase + path })),
  );
  table ??= [...endpoints, ...scim].map(({ method, path }) => {
    const segments = path.split("/");
    return { method, segments, params: segments.filter((segment) => segment.startsWith("[")).length };
  });
  return table;
}
