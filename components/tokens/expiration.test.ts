import { describe, expect, it } from "vitest";
import { expirationLabel, expirations, expiryAfter } from "@/components/tokens/expiration";

const now = new Date("2026-11-23T14:49:00Z");

describe("expirations", () => {
  it("are told with their date", () => {
    expect(expirations.map((choice) => expirationLabel(choice, now, "UTC"))).toEqual([
      "30 days — 23 Dec 2026",
      "60 days — 22 Jan 2027",
      "90 days — 21 Feb 2027",
      "1 year — 23 Nov 2027",
      "Never",
    ]);
  });

  it("count days of 24 hours, also over the end of summer time", () => {
    expect(expiryAfter(1, new Date("2026-10-24T22:30:00Z")).toISOString()).toBe("2026-10-25T22:30:00.000Z");
  });
});
