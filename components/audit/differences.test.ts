import { describe, expect, it } from "vitest";
import { actionName, isRefusal } from "@/components/audit/action-name";
import { differencesOf } from "@/components/audit/differences";
import { auditActions } from "@/db/enums";

describe("an entry, field by field", () => {
  it("has what was before and after", () => {
    expect(
      differencesOf({ role: "Member", teams: ["Public"] }, { role: "Editor", teams: ["Public", "Data"] }),
    ).toEqual([
      { field: "Role", before: "Member", after: "Editor" },
      { field: "Teams", before: "Public", after: "Public, Data" },
    ]);
  });

  it("tells nothing apart from nothing recorded", () => {
    expect(differencesOf({ description: null }, { description: "x", active: false })).toEqual([
      { field: "Description", before: "none", after: "x" },
      { field: "Active", after: "no" },
    ]);
  });

  it("of what was made leaves out what is empty, and keeps secrets as they are told", () => {
    expect(
      differencesOf(null, {
        name: "api",
        secret: "set",
        expiration: null,
        teams: [],
        filter: {},
        last_used_ip: "::1",
      }),
    ).toEqual([
      { field: "Name", after: "api" },
      { field: "Secret", after: "set" },
      { field: "Last used IP", after: "::1" },
    ]);
  });

  it("puts what is inside into words", () => {
    expect(differencesOf(null, { user: { id: 7, user_id: "x@service" }, ok: true })).toEqual([
      { field: "User", after: "id: 7; user id: x@service" },
      { field: "Ok", after: "yes" },
    ]);
  });

  it("of nothing is nothing", () => {
    expect(differencesOf(null, null)).toEqual([]);
  });
});

it("every action has a name of its own, in words", () => {
  const names = auditActions.map(actionName);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[A-Z][\w -]+$/);
  expect(actionName("token.revoked")).toBe("Token revoked");
  expect(actionName("service_account.created")).toBe("Service user created");
  expect(auditActions.filter(isRefusal)).toEqual(["token.refused", "session.refused"]);
});
