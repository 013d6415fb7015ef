import { expect, it } from "vitest";
import { isLoopback } from "@/components/connections/is-loopback";

it.each([
  "http://localhost:3000",
  "http://127.0.0.1",
  "http://127.1.2.3:80",
  "http://[::1]:3000",
  "http://a.localhost",
])("%s stays on this machine", (origin) => {
  expect(isLoopback(origin)).toBe(true);
});

it.each([
  "http://latchkey.lan",
  "http://10.0.0.4:3000",
  "http://localhost.example.com",
  "http://127.0.0.1.nip.io",
])("%s does not", (origin) => {
  expect(isLoopback(origin)).toBe(false);
});
