import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { endpoints } from "@/lib/openapi/endpoints";
import { isScimPath, scimAddresses, scimBase } from "@/lib/scim/http/addresses";

/*
 * The house, held: who may import whom, and what every file of a kind must do. It reads import lines, no more.
 */

const sources = ["app", "components", "lib", "db", "server"]
  .flatMap((folder) => filesIn(folder))
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file));

describe("imports run downward only", () => {
  it("app never imports db or the ORM", () => {
    expect(importers(/^app\//, /^@\/db\/|^drizzle-orm|^pg$/)).toEqual([]);
  });

  it("components import nothing of the server", () => {
    expect(
      importers(
        /^components\//,
        /^@\/(app|server)\/|^@\/db\/(?!enums$)|^drizzle-orm|^pg$|^node:|^better-auth/,
      ),
    ).toEqual([]);
  });

  it("what the browser gets of lib never reaches the database or Node", () => {
    const faults = sources
      .filter((file) => file.startsWith("components/"))
      .flatMap((file) => serverOnlyReachedFrom(file))
      .sort();
    expect([...new Set(faults)]).toEqual([]);
  });

  it("lib imports neither screens nor the server around it", () => {
    expect(importers(/^lib\//, /^@\/(app|components|server)\//)).toEqual([]);
  });

  it("db imports nothing above it but the process's shelf", () => {
    expect(importers(/^db\//, /^@\/(app|components|server)\/|^@\/lib\/(?!process$)/)).toEqual([]);
  });

  it("a contract imports zod, the enums, shapes, and other contracts", () => {
    const allowed =
      /^zod$|^@\/db\/enums$|^@\/lib\/http\/(endpoint|shapes)$|\/contract$|^@\/lib\/users\/name$|^@\/lib\/errors$/;
    const faults = sources
      .filter((file) => file.endsWith("/contract.ts"))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => !allowed.test(name))
          .map((name) => `${file} imports ${name}`),
      );
    expect(faults).toEqual([]);
  });
});

describe("every route handler", () => {
  const handlers = filesIn("app/api")
    .filter((file) => file.endsWith("/route.ts"))
    .flatMap((file) => {
      const methods = [...read(file).matchAll(/export const (GET|POST|PUT|PATCH|DELETE)\b/g)].map(
        (match) => match[1],
      );
      const url = `/${path.dirname(file).slice("app/".length)}`;
      return methods.map((method) => `${method} ${url}`);
    });

  const isScim = (handler: string) => isScimPath(handler.slice(handler.indexOf(" ") + 1));

  it("stands in the list that the OpenAPI document is made from, and the other way round", () => {
    const listed = endpoints.map(({ method, path: url }) => `${method} ${url}`);
    const ours = handlers.filter((handler) => handler !== "GET /api/openapi.json" && !isScim(handler));
    expect(ours.sort()).toEqual([...listed].sort());
  });

  it("of SCIM, which describes itself by its own /Schemas and /ResourceTypes, stands in its list of addresses", () => {
    const listed = scimAddresses.flatMap(({ path: url, methods }) =>
      methods.map((method) => `${method} ${scimBase}${url}`),
    );
    expect(handlers.filter(isScim).sort()).toEqual(listed.sort());
  });
});

describe("a file that opens a transaction", () => {
  const openers = sources.filter(
    (file) =>
      file.startsWith("lib/") &&
      /\b(transaction|createOnce)\(/.test(read(file)) &&
      !/create-once\.ts$/.test(file),
  );

  it.each(openers)("%s says who may, and records what was done", (file) => {
    const text = read(file);
    // Before anybody has signed in there is no principal to ask; a session's own principal may always end it.
    const asks =
      /(require|has)Permission\(|\blockToken\(|request: RequestOrigin|principal\.session\b|= principal;/.test(
        text,
      );
    expect(asks, "asks for a permission").toBe(true);
    expect(
      /\brecord\(|\binsert(Administrator|Token|Team|ServiceAccount|PasswordLink)\(|\bremove(User|Team)\(/.test(
        text,
      ),
      "records",
    ).toBe(true);
  });

  it("exists", () => {
    expect(openers.length).toBeGreaterThan(5);
  });
});

function importers(from: RegExp, what: RegExp): string[] {
  return sources
    .filter((file) => from.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => what.test(name))
        .map((name) => `${file} imports ${name}`),
    );
}

/** Follows the imports that end up in the browser's bundle; a type costs nothing there. */
function serverOnlyReachedFrom(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return importsOf(file).flatMap((name) => {
    if (/^node:|^drizzle-orm|^pg$|^better-auth|^pino$/.test(name)) return [`${file} imports ${name}`];
    const target = name.startsWith("@/") ? resolve(name.slice(2)) : undefined;
    return target ? serverOnlyReachedFrom(target, seen) : [];
  });
}

function resolve(name: string): string | undefined {
  return [`${name}.ts`, `${name}.tsx`].find((file) => existsSync(file));
}

/** The modules a file imports for more than their types. */
function importsOf(file: string): string[] {
  const text = read(file).replace(/^import type [^;]*;$/gm, "");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].flatMap((match) => match[1] ?? []);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) =>
    path.posix.join(folder, file),
  );
}

function read(file: string): string {
  return readFileSync(file, "utf8");
}
