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

/** What axe finds wrong with the page as it is, one line for each element. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: values,
        resultTypes: ["violations"],
      }),
    tags,
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
      expect(await findViolations(page), `${colorScheme}, ${viewport.width} px`).toEqual([]);
    }
}
