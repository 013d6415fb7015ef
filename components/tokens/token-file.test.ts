import { describe, expect, it } from "vitest";
import { tokenFileName } from "@/components/tokens/token-file";

const day = new Date(2026, 10, 23, 12);

describe("tokenFileName", () => {
  it.each([
    [
      "pipeline_automation@service",
      "pipeline-production",
      "pipeline_automation-pipeline-production-2026-11-23.txt",
    ],
    ["ada@example.com", "My laptop", "ada-example.com-my-laptop-2026-11-23.txt"],
    ["api@service", "Zürich / Café", "api-zurich-cafe-2026-11-23.txt"],
    ["api@service", "../../etc/passwd", "api-etc-passwd-2026-11-23.txt"],
    ["api@service", "日本", "api-2026-11-23.txt"],
  ])("%s, %s: %s", (account, token, name) => {
    expect(tokenFileName(account, token, day)).toBe(name);
  });

  it("fits into any file system", () => {
    const name = tokenFileName(`${"a".repeat(200)}@service`, "b".repeat(100), day);
    expect(name.length).toBeLessThan(255);
    expect(name).toMatch(/^[a-z0-9._-]+\.txt$/);
  });
});
