import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openTestInstance } from "@/e2e/database/instance";
import { openScim, type ScimClient } from "@/e2e/database/scim-client";

/*
 * Filters run in SQL. Here random ones are run over random people, and what they find is compared with a plain
 * evaluation of the same conditions over the resources as SCIM shows them.
 */

openTestInstance();

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
type Resource = Record<string, unknown>;
let scim: ScimClient;
let people: Resource[] = [];

const letters = fc.constantFrom("a", "A", "b", "B", "%", "_", "\\", '"', "'", "é", "É", ")", " ", "ß", "🔑");
const word = fc.string({ unit: letters, minLength: 1, maxLength: 3 });
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const kinds = fc.constantFrom("work", "home", "Work", "other");
const email = fc.record({
  value: word,
  type: sometimes(kinds),
  primary: sometimes(fc.boolean()),
  display: sometimes(word),
});

const person = fc.record({
  externalId: sometimes(word),
  displayName: sometimes(word),
  nickName: sometimes(word),
  profileUrl: sometimes(word),
  active: sometimes(fc.boolean()),
  name: sometimes(fc.record({ givenName: sometimes(word), familyName: sometimes(word) })),
  emails: sometimes(fc.array(email, { maxLength: 3 })),
  [enterprise]: sometimes(fc.record({ department: sometimes(word) })),
});

beforeAll(async () => {
  scim = await openScim();
  const described = fc.sample(person, { numRuns: 80, seed: 20261127 });
  for (const [index, fields] of described.entries()) {
    const answer = await scim.post("/Users", { ...fields, userName: `P${index % 7}-${index}` });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  }
  people = (await scim.get("/Users?count=200")).body.Resources;
}, 60_000);

/** A condition: how it is written, and whether a value (a resource, or an element of it) meets it. */
interface Condition {
  text: string;
  meets: (resource: Resource) => boolean;
}

const fold = (text: string) => text.normalize("NFC").toLowerCase();
const caseExact = new Set(["externalId", "profileUrl", "id"]);

/** The values at a path; those of a list's elements, of which `value` is what counts. */
function valuesAt(resource: Resource, path: string[]): (string | boolean)[] {
  const [name = "", ...rest] = path;
  const value = resource[name];
  if (value === undefined) return [];
  if (Array.isArray(value))
    return value.flatMap((element) => valuesAt(element, rest.length > 0 ? rest : ["value"]));
  return rest.length > 0 ? valuesAt(value as Resource, rest) : [value as string | boolean];
}

function compares(operator: string, held: string, value: string): boolean {
  const order = Buffer.compare(Buffer.from(held), Buffer.from(value));
  switch (operator) {
    case "eq":
      return held === value;
    case "co":
      return held.includes(value);
    case "sw":
      return held.startsWith(value);
    case "ew":
      return held.endsWith(value);
    case "gt":
      return order > 0;
    case "ge":
      return order >= 0;
    case "lt":
      return order < 0;
    default:
      return order <= 0;
  }
}

function textCondition(path: string[], written = path.join(".")): fc.Arbitrary<Condition> {
  const exact = caseExact.has(path[0] ?? "");
  const normal = (text: unknown) => (exact ? String(text) : fold(String(text)));
  const operators = fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "EQ", "Co");
  return fc
    .record({ operator: operators, value: fc.oneof(word, fc.constant("")) })
    .map(({ operator, value }) => ({
      text: `${written} ${operator} ${JSON.stringify(value)}`,
      meets: (resource) => {
        const held = valuesAt(resource, path).map(normal);
        return operator === "ne"
          ? !held.includes(normal(value))
          : held.some((one) => compares(operator.toLowerCase(), one, normal(value)));
      },
    }));
}

function booleanCondition(path: string[]): fc.Arbitrary<Condition> {
  return fc
    .record({ operator: fc.constantFrom("eq", "ne"), value: fc.boolean(), quoted: fc.boolean() })
    .map(({ operator, value, quoted }) => ({
      text: `${path.join(".")} ${operator} ${quoted ? `"${value ? "True" : "False"}"` : value}`,
      meets: (resource) => valuesAt(resource, path).includes(value) === (operator === "eq"),
    }));
}

function presence(path: string[], written = path.join(".")): fc.Arbitrary<Condition> {
  const isThere = (resource: Resource) => {
    if (path.length === 1) return resource[path[0] ?? ""] !== undefined;
    return valuesAt(resource, path).length > 0;
  };
  return fc.constantFrom(
    { text: `${written} pr`, meets: isThere },
    { text: `${written} ne null`, meets: isThere },
    { text: `${written} eq null`, meets: (resource: Resource) => !isThere(resource) },
  );
}

const inElement = combined(
  fc.oneof(
    textCondition(["value"]),
    textCondition(["type"]),
    textCondition(["display"]),
    booleanCondition(["primary"]),
    presence(["primary"]),
    presence(["type"]),
  ),
);

const emailsOf = (resource: Resource) => (resource.emails as Resource[] | undefined) ?? [];

const element = fc.oneof(
  inElement.map(({ text, meets }) => ({
    text: `emails[${text}]`,
    meets: (resource: Resource) => emailsOf(resource).some(meets),
  })),
  // The form that Entra ID sends.
  fc.record({ inner: inElement, value: textCondition(["value"], "") }).map(({ inner, value }) => ({
    text: `emails[${inner.text}].value${value.text}`,
    meets: (resource: Resource) => emailsOf(resource).some((one) => inner.meets(one) && value.meets(one)),
  })),
);

const simple = fc.oneof(
  ...["userName", "displayName", "nickName", "externalId", "profileUrl"].map((name) => textCondition([name])),
  textCondition(["displayName"], "urn:ietf:params:scim:schemas:core:2.0:User:displayname"),
  textCondition(["name", "familyName"]),
  textCondition(["name", "givenName"], "NAME.GIVENNAME"),
  textCondition([enterprise, "department"], `${enterprise}:department`),
  textCondition([enterprise, "department"], "department"),
  textCondition(["emails"]),
  textCondition(["emails", "value"]),
  textCondition(["emails", "type"]),
  booleanCondition(["active"]),
  booleanCondition(["emails", "primary"]),
  ...["displayName", "name", "emails", "externalId", "active", "id"].map((name) => presence([name])),
  presence(["name", "familyName"]),
  presence(["emails", "type"]),
  presence([enterprise, "department"], `${enterprise}:department`),
);

function combined(leaf: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.record({ left: tie("tree"), right: tie("tree") }).map(({ left, right }) => ({
        text: `(${left.text}) and (${right.text})`,
        meets: (resource: Resource) => left.meets(resource) && right.meets(resource),
      })),
      fc.record({ left: tie("tree"), right: tie("tree") }).map(({ left, right }) => ({
        text: `(${left.text} or (${right.text}))`,
        meets: (resource: Resource) => left.meets(resource) || right.meets(resource),
      })),
      tie("tree").map(({ text, meets }) => ({
        text: `not (${text})`,
        meets: (resource: Resource) => !meets(resource),
      })),
    ),
  }));
  return tree;
}

async function found(text: string): Promise<string[]> {
  const answer = await scim.post("/Users/.search", { filter: text, count: 200, attributes: ["id"] });
  if (answer.status !== 200) throw new Error(`${text}: ${JSON.stringify(answer.body)}`);
  return answer.body.Resources.map(({ id }: Resource) => id).sort();
}

describe("what a filter finds", () => {
  it("is what a plain evaluation finds, whatever the filter", async () => {
    await fc.assert(
      fc.asyncProperty(combined(fc.oneof(simple, element)), async ({ text, meets }) => {
        expect(await found(text)).toEqual(
          people
            .filter(meets)
            .map(({ id }) => id)
            .sort(),
        );
      }),
      { numRuns: 250 },
    );
  }, 120_000);

  it("by meta.lastModified is what came after", async () => {
    const moments = people.map(({ meta }) => (meta as { lastModified: string }).lastModified).sort();
    const middle = moments[40] ?? "";
    for (const [operator, isMet] of [
      ["gt", (moment: string) => moment > middle],
      ["ge", (moment: string) => moment >= middle],
      ["lt", (moment: string) => moment < middle],
      ["eq", (moment: string) => moment === middle],
    ] as const)
      expect(await found(`meta.lastModified ${operator} "${middle}"`)).toHaveLength(
        moments.filter(isMet).length,
      );
    const elsewhere = new Date(middle).toISOString().replace("Z", "+00:00");
    expect(await found(`meta.lastModified eq "${elsewhere}"`)).toHaveLength(
      moments.filter((moment) => moment === middle).length,
    );
  });
});

describe("an order", () => {
  const sortedBy = async (query: string) =>
    (await scim.get(`/Users?count=200&${query}`)).body.Resources as Resource[];
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

  it.each(["userName", "displayName", "name.familyName", "externalId"])(
    "by %s goes by the bytes of the lower-cased text, what is unassigned last",
    async (name) => {
      const path = name.split(".");
      const exact = caseExact.has(name);
      const keys = (await sortedBy(`sortBy=${name}`)).map((resource) => valuesAt(resource, path)[0]);
      const there = keys
        .filter((key) => key !== undefined)
        .map((key) => (exact ? String(key) : fold(String(key))));
      expect(keys.slice(there.length).every((key) => key === undefined)).toBe(true);
      expect(there).toEqual([...there].sort(byBytes));
      const descending = (await sortedBy(`sortBy=${name}&sortOrder=descending`)).map(({ id }) => id);
      expect(descending).toEqual((await sortedBy(`sortBy=${name}`)).map(({ id }) => id).reverse());
    },
  );

  it("by emails goes by the primary one, else the first", async () => {
    const keyOf = (resource: Resource) => {
      const one = emailsOf(resource).find(({ primary }) => primary === true) ?? emailsOf(resource)[0];
      return one && fold(String(one.value));
    };
    const keys = (await sortedBy("sortBy=emails")).map(keyOf).filter((key) => key !== undefined);
    expect(keys).toEqual([...keys].sort(byBytes));
  });
});

describe("pages", () => {
  it("hold everybody once, in one order", async () => {
    const ids: unknown[] = [];
    for (let startIndex = 1; startIndex <= people.length; startIndex += 7) {
      const { body } = await scim.get(`/Users?startIndex=${startIndex}&count=7`);
      expect(body).toMatchObject({ totalResults: people.length, startIndex });
      expect(body.itemsPerPage).toBe(body.Resources.length);
      ids.push(...body.Resources.map(({ id }: Resource) => id));
    }
    expect(ids).toEqual(people.map(({ id }) => id));
  });

  it.each([
    ["startIndex=0", 80, 1, 80],
    ["startIndex=-5&count=2", 80, 1, 2],
    ["count=0", 80, 1, 0],
    ["count=-1", 80, 1, 0],
    ["startIndex=1000", 80, 1000, 0],
    ["startIndex=80&count=5", 80, 80, 1],
    ["count=100000", 80, 1, 80],
    ["startIndex=99999999999999999999", 80, 1_000_000_000, 0],
  ])("%s", async (query, totalResults, startIndex, itemsPerPage) => {
    const { status, body } = await scim.get(`/Users?${query}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ totalResults, startIndex, itemsPerPage });
    expect(body.Resources).toHaveLength(itemsPerPage);
  });

  it.each([
    "count=x",
    "startIndex=1.5",
    "sortOrder=sideways",
    "sortBy=shoeSize",
    "sortBy=password",
    "sortBy=name",
  ])("%s is 400", async (query) => {
    expect((await scim.get(`/Users?${query}`)).status).toBe(400);
  });
});
