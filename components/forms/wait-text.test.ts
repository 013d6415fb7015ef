import { expect, it } from "vitest";
import { waitText } from "@/components/forms/wait-text";

it.each([
  [885_000, "14 minutes 45 seconds"],
  [60_000, "1 minute"],
  [61_000, "1 minute 1 second"],
  [19_001, "20 seconds"],
  [1, "1 second"],
  [0, "1 second"],
])("%d ms is %s", (milliseconds, text) => {
  expect(waitText(milliseconds)).toBe(text);
});
