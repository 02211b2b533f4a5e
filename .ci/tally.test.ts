import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tallyOfPlaywright, tallyOfVitest } from "./tally";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-tally-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function reportOf(contents: object): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(contents));
  return path;
}

test("a skipped test and a file that could not be loaded have failed", () => {
  const report = reportOf({
    numTotalTests: 10,
    numPassedTests: 7,
    testResults: [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{}] },
      { status: "passed", assertionResults: [{}] },
    ],
  });
  expect(tallyOfVitest(report)).toEqual({ passed: 7, failed: 4 });
});

test("a test that passed at the second try has failed", () => {
  const report = reportOf({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 } });
  expect(tallyOfPlaywright(report)).toEqual({ passed: 5, failed: 3 });
});

test("a run that left no report counts no tests", () => {
  expect(tallyOfVitest(join(folder, "none.json"))).toEqual({ passed: 0, failed: 0 });
});
