import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults } from "axe-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** `target-size` runs with `wcag22aa` only: a bare run would skip it. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const widths = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** What axe finds wrong with the page as it is, one line for each element; by all of our rules unless told. */
export async function findViolations(page: Page, runOnly: readonly string[] = tags): Promise<string[]> {
  // Once for each document: it is half a megabyte to send and to read.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const results = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: values,
        resultTypes: ["violations"],
      }),
    runOnly,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
}

/** Expects no violations in the state the page is in, light and dark, wide and narrow. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const viewport of widths)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      // In the other colours nothing else is other.
      const runOnly = colorScheme === "dark" ? ["color-contrast"] : tags;
      expect(await findViolations(page, runOnly), `${colorScheme}, ${viewport.width} px`).toEqual([]);
    }
}
