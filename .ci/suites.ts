import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Report, readPlaywright, readVitest } from "./bar-reports";
import type { Part } from "./part";
import { type Tally, tallyOfPlaywright, tallyOfVitest } from "./tally";

/** Everything that runs tests: one suite for each database, and some that are about none or name theirs. */

const REPORTS = join("test-results", "reports");

export interface Suite extends Part {
  /** Whether its tests are those of `e2e`, or those beside the code. */
  readonly isEndToEnd: boolean;
  /** How many tests it ran, by its latest report. */
  readonly tally: () => Tally;
  /** What it reported of each test; null when it did not come far enough. */
  readonly read: () => Report | null;
}

/** A program of a package, with its arguments. */
export const tool = (name: string, ...args: string[]) =>
  [join("node_modules", ".bin", name), ...args] as const;

/**
 * @param project one of vitest.config.ts
 * @param atOnce files: where they wait for a database there is time for another. Elsewhere Vitest decides.
 */
function vitest(name: string, project: string, limitMinutes: number, atOnce?: number): Suite {
  const report = reportOf(`vitest ${project}`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const workers = atOnce === undefined ? [] : [`--maxWorkers=${atOnce}`];
  const args = ["run", "--project", project, "--includeTaskLocation", ...reporters, ...workers];
  return {
    name,
    commands: [tool("vitest", ...args)],
    limitMinutes,
    isEndToEnd: false,
    tally: () => tallyOfVitest(report),
    read: () => readVitest(report, process.cwd()),
  };
}

export const unitSuites: readonly Suite[] = [
  vitest("unit", "no database", 10),
  vitest("databases", "databases", 10),
  vitest("handlers, SQLite", "SQLite", 10, 2),
  vitest("handlers, PostgreSQL", "PostgreSQL", 10, 2),
];

/** @param browser path of the Chromium to test with; null: whatever Playwright finds. */
export function browserSuites(browser: string | null): readonly Suite[] {
  const playwright = (name: string, project: string, limitMinutes: number): Suite => {
    const report = reportOf(`playwright ${project}`);
    const args = ["test", "--project", project, "--reporter=list,json"];
    const found = browser === null ? {} : { CHROMIUM_PATH: browser };
    return {
      name,
      commands: [tool("playwright", ...args)],
      limitMinutes,
      isEndToEnd: true,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...found },
      tally: () => tallyOfPlaywright(report),
      read: () => readPlaywright(report, process.cwd()),
    };
  };
  return [
    playwright("end to end, once", "once", 12),
    playwright("end to end, SQLite", "SQLite", 16),
    playwright("end to end, PostgreSQL", "PostgreSQL", 16),
  ];
}

/** So that a run that ends early is not taken for the one before. */
export function forgetReports(): void {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
}

function reportOf(name: string): string {
  return join(REPORTS, `${name.toLowerCase().replaceAll(" ", "-")}.json`);
}
