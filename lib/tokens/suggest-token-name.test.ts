import { describe, expect, it } from "vitest";
import { newToken } from "@/lib/tokens/contract";
import { suggestTokenName } from "@/lib/tokens/suggest-token-name";
import { serviceUserId } from "@/lib/users/name";

describe("suggestTokenName", () => {
  it.each([
    ["pipeline_automation@service", "pipeline-automation-1"],
    ["api2@service", "api2-1"],
    ["_a__b_@service", "a-b-1"],
  ])("%s: %s", (userId, name) => {
    expect(suggestTokenName(userId)).toBe(name);
  });

  it("stays within what a token's name may be, for the longest account", () => {
    const name = suggestTokenName(serviceUserId("a ".repeat(50)) ?? "");
    expect(newToken.shape.name.safeParse(name).success).toBe(true);
  });
});
