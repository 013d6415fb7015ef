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
  it("app imports neither db nor the ORM, nor what starts it", () => {
    expect(importers(/^app\//, /^@\/(db|server)\/|^drizzle-orm|^pg$/)).toEqual([]);
  });

  it("components import nothing of the server", () => {
    expect(
      importers(
        /^components\//,
        /^@\/(app|server)\/|^@\/db\/(?!enums$)|^drizzle-orm|^pg$|^node:|^better-auth/,
      ),
    ).toEqual([]);
  });

  it("components/ui knows looks alone: nothing of what is shown", () => {
    expect(importers(/^components\/ui\//, /^@\/(?!components\/ui\/)|^@tanstack\//)).toEqual([]);
  });

  it("what the browser gets of lib never reaches the database or Node", () => {
    const faults = sources
      .filter((file) => file.startsWith("components/"))
      .flatMap((file) => reachedFrom(file, serverOnly));
    expect([...new Set(faults)].sort()).toEqual([]);
  });

  it("lib imports neither screens nor the server around it", () => {
    expect(importers(/^lib\//, /^@\/(app|components|server)\//)).toEqual([]);
  });

  it("lib leaves queries to its hooks, and Next to what pages alone call", () => {
    expect(importers(/^lib\/(?!.*\/(hooks|renew-lists)\.ts$)/, /^@tanstack\//)).toEqual([]);
    expect(importers(/^lib\/(?!.*\/(hooks|page-[a-z]+)\.ts$)/, /^next$|^next\/|^react$/)).toEqual([]);
  });

  it("the server imports no screens: Next finds them by itself", () => {
    expect(importers(/^server\//, /^@\/(app|components)\//)).toEqual([]);
  });

  it("the gate's process is without Next, React and people's sessions", () => {
    expect(reachedFrom("server/gate.ts", webOnly)).toEqual([]);
  });

  it("nothing that is delivered imports a test's parts or a benchmark", () => {
    expect(importers(/^/, /^@\/(e2e|bench)\/|^vitest|^@playwright\//)).toEqual([]);
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
      /\b(transaction|teamTransaction|createOnce)\(/.test(read(file)) &&
      !/(create-once|team-transaction)\.ts$/.test(file),
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

describe("each rule of docs/rules.md", () => {
  const rules = [...read("docs/rules.md").matchAll(/^- \*\*([AT]\d+)\*\* /gm)].map(
    ([, number]) => number ?? "",
  );
  const tests = ["lib", "e2e"].flatMap(filesIn).filter((file) => /\.(test|spec)\.tsx?$/.test(file));
  const naming = (files: string[], rule: string) =>
    files.filter((file) => new RegExp(`\\b${rule}\\b`).test(read(file)));

  it.each(rules)("%s is held by code that names it, and by a test", (rule) => {
    expect(naming(sources, rule)).not.toEqual([]);
    expect(naming(tests, rule)).not.toEqual([]);
  });

  it("are all there", () => {
    expect(rules).toHaveLength(19);
  });
});

/** What must not be in the browser's bundle. */
const serverOnly = /^node:|^drizzle-orm|^pg$|^better-auth|^pino$/;

/** What belongs to pages and to those who sit before them. */
const webOnly = /^next$|^next\/|^react$|^react-dom|^better-auth|^@tanstack\//;

/** Who breaks a rule; a type that comes from above is a dependence like any other. */
function importers(from: RegExp, what: RegExp): string[] {
  return sources
    .filter((file) => from.test(file))
    .flatMap((file) =>
      [...importsOf(file), ...typeImportsOf(file)]
        .filter((name) => what.test(name))
        .map((name) => `${file} imports ${name}`),
    );
}

/** Follows what a file brings along, and tells where that comes to what it must not; a type costs nothing there. */
function reachedFrom(file: string, what: RegExp, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return importsOf(file).flatMap((name) => {
    if (what.test(name)) return [`${file} imports ${name}`];
    const target = name.startsWith("@/") ? resolve(name.slice(2)) : undefined;
    return target ? reachedFrom(target, what, seen) : [];
  });
}

function resolve(name: string): string | undefined {
  return [`${name}.ts`, `${name}.tsx`].find((file) => existsSync(file));
}

/** The modules a file imports for more than their types. */
function importsOf(file: string): string[] {
  return modulesIn(read(file).replace(typeImports, ""));
}

/** The modules that it imports types from, and nothing else. */
function typeImportsOf(file: string): string[] {
  return [...read(file).matchAll(typeImports)].flatMap(([text]) => modulesIn(text));
}

const typeImports = /^import type [^;]*;$/gm;

function modulesIn(text: string): string[] {
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
