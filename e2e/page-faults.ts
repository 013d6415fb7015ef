import type { Page } from "@playwright/test";

/**
 * Collects what the browser complains about on a page: breaches of the content security policy, hydration that
 * doesn't match, errors nobody caught. Answers that a test has asked for (a 401, a 503) are no complaint.
 */
export function collectFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    if (message.text().startsWith("Failed to load resource: the server responded with a status of")) return;
    faults.push(message.text());
  });
  return faults;
}
