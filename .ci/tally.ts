import { readFileSync } from "node:fs";

/** How many tests a report speaks of. A skipped test has not shown anything, so it counts as failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Vitest's JSON report. A file that could not be loaded counts as one failed test. */
export function tallyOfVitest(path: string): Tally {
  const report = readReport(path) as {
    readonly numPassedTests: number;
    readonly numTotalTests: number;
    readonly testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
  } | null;
  if (report === null) return NOTHING;
  const { numPassedTests, numTotalTests, testResults } = report;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests + broken.length };
}

/** Playwright's JSON report. A flaky test has failed. */
export function tallyOfPlaywright(path: string): Tally {
  const report = readReport(path) as {
    readonly stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  } | null;
  if (report === null) return NOTHING;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
}

const NOTHING: Tally = { passed: 0, failed: 0 };

/** Null when the run did not come far enough to write one. */
export function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
