import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Part } from "./part";

/** The two suites, and where their latest reports are. */

const REPORTS = join("test-results", "reports");
export const VITEST_REPORT = join(REPORTS, "vitest.json");
export const PLAYWRIGHT_REPORT = join(REPORTS, "playwright.json");

/** A program of a package, with its arguments. */
export const tool = (name: string, ...args: string[]) =>
  [join("node_modules", ".bin", name), ...args] as const;

export const unitSuite: Part = {
  name: "unit and integration",
  commands: [
    tool(
      "vitest",
      "run",
      "--includeTaskLocation",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${VITEST_REPORT}`,
    ),
  ],
  limitMinutes: 14,
};

/** @param browser path of the Chromium to test with; null: whatever Playwright finds. */
export const browserSuite = (browser: string | null): Part => ({
  name: "end to end",
  commands: [tool("playwright", "test", "--reporter=list,json")],
  limitMinutes: 18,
  env: {
    PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT,
    ...(browser === null ? {} : { CHROMIUM_PATH: browser }),
  },
});

/** So that a run that ends early is not taken for the one before. */
export function forgetReports(): void {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
}
