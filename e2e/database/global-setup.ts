import { startTestCluster } from "@/e2e/database/cluster";

/** For vitest and Playwright alike: what it returns is run at the end. */
export default function setup(): Promise<() => Promise<void>> {
  return startTestCluster();
}
