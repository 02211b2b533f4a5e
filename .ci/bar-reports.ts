import { join, relative, sep } from "node:path";
import type { TestResult } from "./bar-judge";
import { readReport } from "./tally";

/** What a run reported of each test. Paths are relative to the project, with forward slashes. */
export interface Report {
  /** When the run began, in milliseconds: what is newer was not tested. */
  readonly startedAt: number;
  readonly results: readonly TestResult[];
}

const portable = (path: string) => path.split(sep).join("/");

/** Vitest's JSON report, made with `--includeTaskLocation`; null without one. */
export function readVitest(path: string, root: string): Report | null {
  const report = readReport(path) as {
    readonly startTime: number;
    readonly testResults: readonly {
      readonly name: string;
      readonly assertionResults: readonly {
        readonly title: string;
        readonly status: string;
        readonly location?: { readonly line: number } | null;
      }[];
    }[];
  } | null;
  if (report === null) return null;
  const results = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ title, status, location }) => ({
      file: portable(relative(root, name)),
      line: location?.line ?? null,
      title,
      passed: status === "passed",
    })),
  );
  return { startedAt: report.startTime, results };
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly file: string;
    readonly line: number;
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly { readonly status: string }[];
  }[];
}

/** Playwright's JSON report; null without one. A skipped or flaky test has not passed. */
export function readPlaywright(path: string, root: string): Report | null {
  const report = readReport(path) as {
    readonly config: { readonly rootDir: string };
    readonly stats: { readonly startTime: string };
    readonly suites: readonly PlaywrightSuite[];
  } | null;
  if (report === null) return null;
  const { rootDir } = report.config;
  const resultsOf = ({ specs, suites = [] }: PlaywrightSuite): TestResult[] => [
    ...specs.map(({ file, line, title, ok, tests }) => ({
      file: portable(relative(root, join(rootDir, file))),
      line,
      title,
      passed: ok && tests.every(({ status }) => status === "expected"),
    })),
    ...suites.flatMap(resultsOf),
  ];
  return {
    startedAt: Date.parse(report.stats.startTime),
    results: report.suites.flatMap(resultsOf),
  };
}
