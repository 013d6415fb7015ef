import { expect, it } from "vitest";
import { scimFinding } from "@/components/connections/scim-finding";

const request = { at: "2026-11-27T10:00:00Z", token: "entra" };
const error = {
  at: "2026-11-27T09:00:00Z",
  request: "POST /Users",
  status: 403,
  detail: "It can't give Admin.",
  token: "entra",
};

it("before the first request it is ready, and says how it begins", () => {
  expect(scimFinding({ state: "ready", last_request: null, last_error: null })).toMatchObject({
    state: "Ready — no request received yet",
    evidence: [],
    advice: expect.stringContaining("SCIM base URL"),
    action: { label: "Generate SCIM token", href: "/settings/tokens?add=token&scim=true" },
  });
});

it("tells the last request, and by which token", () => {
  const finding = scimFinding({ state: "connected", last_request: request, last_error: null });
  expect(finding).toMatchObject({
    state: "Connected",
    evidence: [{ at: request.at, value: "by token entra" }],
  });
  expect(finding).not.toHaveProperty("advice");
});

it("tells the last error, what it said, and what to do about it", () => {
  const finding = scimFinding({ state: "connected", last_request: request, last_error: error });
  expect(finding.evidence.slice(1)).toEqual([
    { label: "Last error", at: error.at, value: "POST /Users: 403" },
    { label: "Answer", value: "It can't give Admin." },
  ]);
  expect(finding.advice).toContain("Raise the role");
});

it("a day without a request is quiet, never connected", () => {
  expect(scimFinding({ state: "quiet", last_request: request, last_error: null })).toMatchObject({
    state: "Quiet",
  });
});
