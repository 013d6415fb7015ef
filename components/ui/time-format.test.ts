import { describe, expect, it } from "vitest";
import { absoluteLocal, absoluteUtc, localDay, relativeTime } from "@/components/ui/time-format";

const moment = new Date("2027-02-21T23:49:00Z");

describe("absolute times", () => {
  it("prints UTC the same for everybody", () => {
    expect(absoluteUtc(moment)).toBe("21 Feb 2027, 23:49 UTC");
  });

  it.each([
    ["Europe/Berlin", "Mon 22 Feb 2027, 00:49 (UTC+1)"],
    ["Asia/Kolkata", "Mon 22 Feb 2027, 05:19 (UTC+5:30)"],
    ["America/Los_Angeles", "Sun 21 Feb 2027, 15:49 (UTC-8)"],
    ["UTC", "Sun 21 Feb 2027, 23:49 (UTC)"],
  ])("prints the day and the offset of %s", (zone, expected) => {
    expect(absoluteLocal(moment, zone)).toBe(expected);
  });

  it("takes the day of the zone, not of UTC", () => {
    expect(localDay(moment, "Asia/Kolkata")).toBe("22 Feb 2027");
  });
});

describe("relative times", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  const after = (seconds: number) => relativeTime(new Date(now.getTime() + seconds * 1000), now);
  const [minute, hour, day] = [60, 3600, 86_400];

  it.each([
    [0, "just now"],
    [-59, "just now"],
    [30, "in under a minute"],
    [-3 * minute, "3 minutes ago"],
    [-minute, "1 minute ago"],
    [-59 * minute - 40, "1 hour ago"],
    [-23 * hour - 40 * minute, "1 day ago"],
    [6 * day, "in 6 days"],
    [90 * day - 5, "in 90 days"],
    [120 * day, "in 4 months"],
    [365 * day - 5, "in 1 year"],
    [-3 * 365 * day, "3 years ago"],
  ])("%d seconds away is %s", (seconds, expected) => {
    expect(after(seconds)).toBe(expected);
  });
});
