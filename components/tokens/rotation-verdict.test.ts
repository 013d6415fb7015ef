import { describe, expect, it } from "vitest";
import { laggingCallers, verdictOn } from "@/components/tokens/rotation-verdict";

const now = new Date("2026-11-27T12:00:00Z");
const token = (last_used_at: string | null) => ({
  last_used_at,
  last_used_ip: "10.0.0.5",
  last_used_user_agent: "curl/8.5.0",
});

describe("the old token of a rotation", () => {
  it.each([
    ["2026-11-27T11:57:00Z", "called", "Still called by curl/8 from 10.0.0.5, 3 minutes ago"],
    ["2026-11-27T11:00:01Z", "called", "Still called by curl/8 from 10.0.0.5, 1 hour ago"],
    ["2026-11-27T11:00:00Z", "quiet", "The old one has been quiet for 1 hour"],
    ["2026-11-27T06:00:00Z", "quiet", "The old one has been quiet for 6 hours"],
    [null, "unused", "Nobody has called with the old one."],
  ])("last called at %s is %s", (at, tone, text) => {
    expect(verdictOn(token(at), now)).toEqual({ tone, text });
  });
});

describe("who hasn't moved", () => {
  const caller = (ip: string, user_agent: string, accepted = 1) => ({
    ip,
    user_agent,
    accepted,
    refused: 0,
    last_seen_at: "2026-11-27T11:00:00Z",
  });

  it("came with the old token, and never with the new one", () => {
    const old = [
      caller("10.0.0.1", "curl/8"),
      caller("10.0.0.2", "curl/8"),
      caller("10.0.0.1", "Terraform/1"),
    ];
    expect(laggingCallers(old, [caller("10.0.0.1", "curl/8")])).toEqual([old[1], old[2]]);
  });

  it("isn't one that the new token refused, nor one that never got in with the old", () => {
    const [one, refused] = [caller("10.0.0.1", "curl/8"), caller("10.0.0.3", "curl/8", 0)];
    expect(laggingCallers([one, refused], [{ ...one, accepted: 0 }])).toEqual([one]);
  });
});
