import { expect, it } from "vitest";
import { openApiDocument } from "@/lib/openapi/document";
import { endpoints } from "@/lib/openapi/endpoints";
import { bodyExamples } from "@/lib/openapi/examples";
import type { JsonSchema, Method, Operation } from "@/lib/openapi/types";

const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method as Method, operation })),
);

it("is OpenAPI 3.1 with every endpoint in it", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(operations).toHaveLength(endpoints.length);
});

it("names each operation once, under a tag that is explained", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = document.tags.map(({ name }) => name);
  for (const { operation } of operations) expect(tags).toEqual(expect.arrayContaining(operation.tags));
});

it("refers to nothing that isn't there, and describes nothing that isn't used", () => {
  const references = new Set(findReferences(document));
  for (const reference of references) expect(at(reference), reference).toBeDefined();
  for (const kind of ["schemas", "parameters", "headers"] as const)
    for (const name of Object.keys(document.components[kind]))
      expect(references, name).toContain(`#/components/${kind}/${name}`);
});

it.each(operations)(
  "$method $path declares the parameters of its path, and what it answers",
  ({ path, operation }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const declared = operation.parameters.flatMap((parameter) =>
      "in" in parameter && parameter.in === "path" && parameter.required ? [parameter.name] : [],
    );
    expect(declared).toEqual(inPath);
    expect(Object.keys(operation.responses)).toContain("default");
    expect(Object.keys(operation.responses).some((status) => /^20[014]$/.test(status))).toBe(true);
  },
);

it.each(endpoints.filter(({ body }) => body))("$id has an example that it would accept", ({ id, body }) => {
  expect(body?.safeParse(bodyExamples.get(id)).error).toBeUndefined();
});

it("asks for credentials everywhere but on public endpoints", () => {
  const open = operations.filter(({ operation }) => operation.security?.length === 0);
  const publicIds = endpoints.filter(({ access }) => access === "public").map(({ id }) => id);
  expect(open.map(({ operation }) => operation.operationId).sort()).toEqual([...publicIds].sort());
});

it("says of a creation what it takes and how it may be answered", () => {
  const create = operationById("createUser");
  const [service] = oneOf(create.requestBody?.content["application/json"]?.schema);
  expect(service?.required).toEqual(["name", "role"]);
  expect(service?.properties?.role?.enum).toEqual(["Member", "Editor", "Manager", "Admin"]);
  expect(create.parameters).toContainEqual({ $ref: "#/components/parameters/IdempotencyKey" });
  expect(Object.keys(create.responses)).toEqual(
    expect.arrayContaining(["201", "400", "401", "403", "409", "413", "415", "422"]),
  );
});

it.each([
  ["updateUser", "409"],
  ["deleteUser", "409"],
  ["changeToken", "409"],
  ["deleteToken", "409"],
  ["updateTeam", "409"],
  ["deleteTeam", "409"],
  ["changeTeamMembers", "409"],
  ["setUp", "403"],
  ["setUp", "409"],
  ["setUp", "410"],
  ["signIn", "401"],
  ["signIn", "403"],
  ["signIn", "429"],
  ["changePassword", "429"],
  ["setPasswordByLink", "403"],
  ["setPasswordByLink", "410"],
])("%s says that it may be refused with %s", (id, status) => {
  expect(Object.keys(operationById(id).responses)).toContain(status);
});

it("tells numbers in a query as numbers, with bounds and default", () => {
  expect(operationById("listUsers").parameters).toContainEqual({
    name: "size",
    in: "query",
    required: false,
    schema: { type: "integer", minimum: 1, maximum: 100, default: 25 },
  });
});

it("says what is refused of what a request carries", () => {
  const bodyOf = (id: string) => {
    const schema = operationById(id).requestBody?.content["application/json"]?.schema;
    return (schema?.$ref ? at(schema.$ref) : schema) as JsonSchema;
  };
  for (const id of ["createTeam", "updateTeam", "createToken", "changeToken", "rotateToken"])
    expect(bodyOf(id).properties?.name, id).toMatchObject({ minLength: 1, maxLength: 100 });
  expect(bodyOf("changeToken")).toMatchObject({ minProperties: 1 });
  expect(bodyOf("setUp").properties?.email).toMatchObject({ format: "email", maxLength: 254 });
  expect(document.components.parameters.IdempotencyKey?.schema.pattern).toBe("^[!-~]+$");
  const ids = operationById("listTokenUsage").parameters.find(
    (parameter) => "name" in parameter && parameter.name === "ids",
  );
  expect(ids).toMatchObject({ schema: { items: { minimum: 1 }, minItems: 1, maxItems: 100 } });
});

function operationById(id: string): Operation {
  const found = operations.find(({ operation }) => operation.operationId === id);
  if (!found) throw new Error(`There is no operation ${id}.`);
  return found.operation;
}

function oneOf(schema: JsonSchema | undefined): JsonSchema[] {
  return (schema?.oneOf ?? []).map(({ $ref = "" }) => at($ref) as JsonSchema);
}

function findReferences(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string" ? [value] : findReferences(value),
  );
}

function at(reference: string): unknown {
  const steps = reference.replace(/^#\//, "").split("/");
  return steps.reduce<unknown>(
    (node, step) => (node as Record<string, unknown> | undefined)?.[step],
    document,
  );
}
