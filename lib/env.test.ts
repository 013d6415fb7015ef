import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, it } from "vitest";
import { EnvError, readEnv } from "@/lib/env";

const faultOf = (source: Record<string, string>) => {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return "no fault";
};

it("needs nothing", () => {
  expect(readEnv({})).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    gatePort: 3001,
    serviceEmail: "service@example.com",
  });
});

it("an empty variable counts as not set", () => {
  expect(readEnv({ PORT: "", PUBLIC_URL: "" })).toMatchObject({ port: 3000, publicUrl: undefined });
});

it.each([
  [{ PORT: "0" }, 'PORT: got "0", takes a port from 1 to 65535.'],
  [{ PORT: "http" }, 'PORT: got "http", takes a port from 1 to 65535.'],
  [{ GATE_PORT: "65536" }, 'GATE_PORT: got "65536", takes a port from 1 to 65535, or 0 for no gate.'],
  [
    { PUBLIC_URL: "latchkey.test" },
    'PUBLIC_URL: got "latchkey.test", takes an http:// or https:// address without a path.',
  ],
  [
    { PUBLIC_URL: "https://a.test/x" },
    'PUBLIC_URL: got "https://a.test/x", takes an http:// or https:// address without a path.',
  ],
  [{ PUBLIC_URL: "https://a.test/#top" }, /^PUBLIC_URL: got "https:\/\/a.test\/#top"/],
  [{ PUBLIC_URL: "https://:secret@a.test" }, /^PUBLIC_URL: got/],
  [{ TRUSTED_PROXIES: "10.0.0.0/99" }, /^TRUSTED_PROXIES: got "10.0.0.0\/99"/],
  [{ SERVICE_EMAIL: "nobody" }, 'SERVICE_EMAIL: got "nobody", takes an e-mail address.'],
  [{ LOG_LEVEL: "loud" }, /^LOG_LEVEL: got "loud", takes one of fatal, error/],
  [{ GATE_STALE_SECONDS: "-1" }, 'GATE_STALE_SECONDS: got "-1", takes whole seconds from 0 to 3600.'],
])("refuses %j in one line that says what it takes", (source, expected) => {
  expect(faultOf(source)).toMatch(expected);
  expect(faultOf(source)).not.toContain("\n");
});

it("tells no secret when one is wrong", () => {
  expect(faultOf({ LATCHKEY_SECRET: "short" })).toBe("LATCHKEY_SECRET: got 5 bytes, takes 32 bytes or more.");
  expect(faultOf({ DATABASE_URL: "mysql://u:hunter2@db/x" })).not.toContain("hunter2");
});

it("DATABASE_URL needs LATCHKEY_SECRET", () => {
  expect(faultOf({ DATABASE_URL: "postgresql://db/latchkey" })).toMatch(/^LATCHKEY_SECRET: got nothing/);
});

it("DATABASE_LISTEN_URL needs the DATABASE_URL that it is the direct way to", () => {
  const fault = faultOf({ DATABASE_LISTEN_URL: "postgresql://u:hunter2@db/latchkey" });
  expect(fault).toMatch(/^DATABASE_LISTEN_URL: .*DATABASE_URL/);
  expect(fault).not.toContain("hunter2");
});

it("PUBLIC_URL loses its slash, proxies their spaces", () => {
  const env = readEnv({ PUBLIC_URL: "https://keys.example.com/", TRUSTED_PROXIES: "10.0.0.0/8, ::1" });
  expect(env).toMatchObject({ publicUrl: "https://keys.example.com", trustedProxies: ["10.0.0.0/8", "::1"] });
});

it(".env.example names every variable", () => {
  const example = readFileSync(".env.example", "utf8");
  const missing = new Set<string>();
  const get = (_: object, name: string) => {
    if (!new RegExp(`^(# )?${name}=`, "m").test(example)) missing.add(name);
  };
  readEnv(new Proxy({}, { get } as ProxyHandler<Record<string, undefined>>));
  expect([...missing]).toEqual([]);
});

it(".env.example works as it is", () => {
  const example = parseEnv(readFileSync(".env.example", "utf8")) as Record<string, string>;
  expect(readEnv(example)).toEqual(readEnv({}));
});
