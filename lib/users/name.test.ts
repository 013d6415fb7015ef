import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameKey, nameOf, nearestName, serviceUserId } from "@/lib/users/name";

const name = nameOf("service user");
const faultOf = (input: unknown) => name.safeParse(input).error?.issues[0]?.message;

describe("a name (A2)", () => {
  it("is trimmed and NFC-normalised", () => {
    expect(name.parse("  Cafe\u0301 sync\u00a0")).toBe("Café sync");
  });

  it("takes 1 to 100 code points, counting an emoji once", () => {
    expect(name.parse("🚀".repeat(100))).toHaveLength(200);
    expect(faultOf("🚀".repeat(101))).toBe("Use at most 100 characters.");
  });

  it.each(["", "   ", "\t\n", "\u3000"])("refuses nothing but white space: %j", (input) => {
    expect(faultOf(input)).toBe("Enter a name for the service user.");
  });

  it.each(["a\u0000b", "a\nb", "a\u007fb", "a\u202eb", "a\u2066b", "a\u2028b", "a\ud800b"])(
    "refuses control and direction characters: %j",
    (input) => {
      expect(faultOf(input)).toBe("Leave out control and text-direction characters.");
    },
  );

  it.each(["\u200b", "\u200d\u2060"])("refuses a name that nobody can see: %j", (input) => {
    expect(faultOf(input)).toBe("Use at least one visible character.");
  });

  it("keeps right-to-left letters and emoji", () => {
    expect(name.parse("מפתח 🔑")).toBe("מפתח 🔑");
  });

  it.each([undefined, 7, null, ["x"], {}])("refuses what isn't text: %j", (input) => {
    expect(faultOf(input)).toMatch(/Enter a name|must be text/);
  });
});

describe("the name nearest to a text that nobody checked", () => {
  it.each([
    [" Ann\u202e B\n", "Ann B"],
    ["Cafe\u0301", "Café"],
    [`${"🚀".repeat(99)} 🚀`, "🚀".repeat(99)],
    ["\u200b", undefined],
    [`${"\u200b".repeat(100)}a`, undefined],
    ["\u0000", undefined],
    ["", undefined],
  ])("of %j is %j", (text, nearest) => {
    expect(nearestName(text)).toBe(nearest);
  });

  it("is one that could be entered here, whatever the text", () => {
    const anything = fc.string({ unit: "binary", maxLength: 210 });
    fc.assert(
      fc.property(anything, (text) => {
        const nearest = nearestName(text);
        if (nearest !== undefined) expect(name.parse(nearest)).toBe(nearest);
      }),
    );
  });
});

describe("the user_id of a service account (A2)", () => {
  it.each([
    ["Pipeline Automation", "pipeline_automation@service"],
    ["API Access", "api_access@service"],
    ["Café  Zürich\tSync", "cafe_zurich_sync@service"],
    ["Ångström-42!", "angstrom42@service"],
    ["ﬁnance ①", "finance_1@service"],
    ["a__b", "a__b@service"],
  ])("%j becomes %s", (input, expected) => {
    expect(serviceUserId(input)).toBe(expected);
  });

  it.each(["מפתח", "🚀", "---", "_ _", "ß"])("is not to be had from %j", (input) => {
    expect(serviceUserId(input)).toBeUndefined();
  });
});

it("names that differ in case or composition share a key", () => {
  expect(nameKey("Data É")).toBe(nameKey("DATA e\u0301".replace("DATA", "data")));
});
