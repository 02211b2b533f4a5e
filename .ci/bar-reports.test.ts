import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readPlaywright, readVitest } from "./bar-reports";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-report-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function reportOf(contents: object): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(contents));
  return path;
}

test("Vitest's report gives file, line and outcome of each test", () => {
  const report = reportOf({
    startTime: 5,
    testResults: [
      {
        name: "/house/lib/a.test.ts",
        assertionResults: [
          { title: "one", status: "passed", location: { line: 3 } },
          { title: "two", status: "skipped" },
        ],
      },
    ],
  });
  expect(readVitest(report, "/house")).toEqual({
    startedAt: 5,
    results: [
      { file: "lib/a.test.ts", line: 3, title: "one", passed: true },
      { file: "lib/a.test.ts", line: null, title: "two", passed: false },
    ],
  });
});

test("Playwright's report gives them too, and a flaky test has not passed", () => {
  const spec = { file: "a.spec.ts", line: 3, title: "one", ok: true };
  const report = reportOf({
    config: { rootDir: "/house/e2e" },
    stats: { startTime: "1970-01-01T00:00:05Z" },
    suites: [
      {
        specs: [{ ...spec, tests: [{ status: "expected" }] }],
        suites: [{ specs: [{ ...spec, line: 9, tests: [{ status: "flaky" }] }] }],
      },
    ],
  });
  expect(readPlaywright(report, "/house")).toEqual({
    startedAt: 5000,
    results: [
      { file: "e2e/a.spec.ts", line: 3, title: "one", passed: true },
      { file: "e2e/a.spec.ts", line: 9, title: "one", passed: false },
    ],
  });
});

test("a run that left no report has none", () => {
  expect(readVitest(join(folder, "none.json"), "/house")).toBeNull();
  expect(readPlaywright(join(folder, "none.json"), "/house")).toBeNull();
});
