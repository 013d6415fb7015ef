import { expect, it } from "vitest";
import { transportFinding } from "@/components/connections/transport-finding";

const https = "https://latchkey.example.com";
const http = "http://latchkey.example.com";

it.each([
  ["https that the server sees", { inUse: https, seen: https, configured: undefined }, "Healthy"],
  ["https that PUBLIC_URL tells of", { inUse: https, seen: http, configured: https }, "Healthy"],
  ["https that the server doesn't know of", { inUse: https, seen: http, configured: undefined }, "Degraded"],
  ["plain http on a network", { inUse: http, seen: http, configured: undefined }, "Degraded"],
  ["plain http though PUBLIC_URL says https", { inUse: http, seen: http, configured: https }, "Degraded"],
  [
    "plain http on this machine",
    { inUse: "http://127.0.0.1:3000", seen: "http://127.0.0.1:3000", configured: undefined },
    "Not configured",
  ],
] as const)("%s", (_, transport, state) => {
  expect(transportFinding(transport).state).toBe(state);
});

it("says how to make a trusted proxy known", () => {
  const { advice } = transportFinding({ inUse: https, seen: http, configured: undefined });
  expect(advice).toContain("TRUSTED_PROXIES");
});
