import type { Tag } from "./bar-tags";

/** How one test ended, as a report tells it. */
export interface TestResult {
  readonly file: string;
  /** Null for a test that a file other than the one that was run describes. */
  readonly line: number | null;
  readonly title: string;
  readonly passed: boolean;
}

/** `not run`: the reports do not know the test. */
export type Outcome = "passed" | "failed" | "not run";

/** `missing`: the feature is there and no test shows the requirement. */
export type Status = "met" | "failing" | "not run" | "missing" | "not yet";

export interface Verdict {
  readonly row: string;
  readonly status: Status;
  readonly tests: readonly (Tag & { readonly outcome: Outcome })[];
}

/** What the tests say of every requirement. A row that waits for a feature and is shown all the same is met. */
export function judgeRows(
  rows: readonly string[],
  waiting: ReadonlySet<string>,
  tags: readonly Tag[],
  results: readonly TestResult[],
): readonly Verdict[] {
  const tests = tags.map((tag) => ({ ...tag, outcome: outcomeOf(tag, results) }));
  return rows.map((row) => {
    const own = tests.filter((test) => test.rows.includes(row));
    return { row, tests: own, status: statusOf(own, waiting.has(row)) };
  });
}

function statusOf(tests: readonly { readonly outcome: Outcome }[], isWaiting: boolean): Status {
  const outcomes = new Set(tests.map(({ outcome }) => outcome));
  if (outcomes.has("failed")) return "failing";
  if (outcomes.has("not run")) return "not run";
  if (outcomes.has("passed")) return "met";
  return isWaiting ? "not yet" : "missing";
}

function outcomeOf(tag: Tag, results: readonly TestResult[]): Outcome {
  const own = results.filter((result) => isOf(result, tag));
  if (own.length === 0) return "not run";
  return own.every(({ passed }) => passed) ? "passed" : "failed";
}

/** A suite that several test files share is known by its titles: reports give no line there. */
function isOf({ file, line, title }: TestResult, tag: Tag): boolean {
  if (!/\.(?:test|spec)\.tsx?$/.test(tag.file)) return patternOf(tag.title ?? "").test(title);
  return file === tag.file && line !== null && line >= tag.line && line < tag.endLine;
}

/** Matches a title with anything in the place of the placeholders `%s` and `$name`. */
function patternOf(title: string): RegExp {
  const texts = title.split(/%[a-z#]|\$[\w.]+/).map((text) => text.replace(/[^\w\s]/g, "\\$&"));
  return new RegExp(`^${texts.join(".*")}$`, "s");
}
