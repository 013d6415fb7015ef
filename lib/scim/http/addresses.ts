/** Where SCIM lives; providers are given this address. */
export const scimBase = "/api/scim/v2";

/** Every address below it, as Next spells them, with the methods that each takes. What isn't here is a 404. */
export const scimAddresses: readonly { path: string; methods: readonly string[] }[] = [
  { path: "", methods: ["GET"] },
  { path: "/.search", methods: ["POST"] },
  { path: "/Users", methods: ["GET", "POST"] },
  { path: "/Users/.search", methods: ["POST"] },
  { path: "/Users/[id]", methods: ["GET", "PUT", "PATCH", "DELETE"] },
  { path: "/Groups", methods: ["GET", "POST"] },
  { path: "/Groups/.search", methods: ["POST"] },
  { path: "/Groups/[id]", methods: ["GET", "PUT", "PATCH", "DELETE"] },
  { path: "/Me", methods: ["GET", "POST", "PUT", "PATCH", "DELETE"] },
  { path: "/Bulk", methods: ["POST"] },
  { path: "/ServiceProviderConfig", methods: ["GET"] },
  { path: "/ResourceTypes", methods: ["GET"] },
  { path: "/ResourceTypes/[id]", methods: ["GET"] },
  { path: "/Schemas", methods: ["GET"] },
  { path: "/Schemas/[id]", methods: ["GET"] },
];

/** Whether a path is SCIM's, known or not. */
export function isScimPath(path: string): boolean {
  return path === scimBase || path.startsWith(`${scimBase}/`);
}
