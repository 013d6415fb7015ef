import { expect, it } from "vitest";
import type { Role } from "@/db/enums";
import { hasRole, requirePermission } from "@/lib/access/permissions";
import { systemPrincipal } from "@/lib/access/principal";

const as = (role: Role) => {
  const principal = systemPrincipal("command", { id: "test", ip: null, userAgent: null, baseUrl: "" });
  return { ...principal, user: { ...principal.user, role } };
};

it.each(["Member", "Editor"] as const)("%s may not read the lists (A1)", (role) => {
  expect(() => requirePermission(as(role), "users:read")).toThrow(/takes the Manager role/);
  expect(() => requirePermission(as(role), "teams:read")).toThrow(/takes the Manager role/);
});

it("Managers read, and change nothing (A1)", () => {
  requirePermission(as("Manager"), "users:read");
  requirePermission(as("Manager"), "teams:read");
  for (const permission of ["users:manage", "teams:manage", "tokens:manage"] as const)
    expect(() => requirePermission(as("Manager"), permission)).toThrow(/takes the Admin role/);
});

it("roles rank Admin > Manager > Editor > Member", () => {
  expect(hasRole("Admin", "Manager") && hasRole("Manager", "Editor") && hasRole("Editor", "Member")).toBe(
    true,
  );
  expect(hasRole("Member", "Editor") || hasRole("Editor", "Manager") || hasRole("Manager", "Admin")).toBe(
    false,
  );
});
