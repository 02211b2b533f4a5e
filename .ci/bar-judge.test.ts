import { expect, test } from "vitest";
import { judgeRows, type TestResult } from "./bar-judge";
import type { Tag } from "./bar-tags";

const tag: Tag = { rows: ["1"], file: "a.test.ts", line: 10, endLine: 20, title: "a title" };
const result: TestResult = { file: "a.test.ts", line: 10, title: "a title", passed: true };

const statusOf = (tags: readonly Tag[], results: readonly TestResult[], waiting: string[] = []) =>
  judgeRows(["1"], new Set(waiting), tags, results)[0]?.status;

test("a row is met when every test that names it has passed", () => {
  const cases = [result, { ...result, line: 19 }];
  expect(statusOf([tag], cases)).toBe("met");
  expect(statusOf([tag], [result, { ...result, line: 19, passed: false }])).toBe("failing");
  expect(statusOf([tag, { ...tag, line: 30, endLine: 40 }], cases)).toBe("not run");
});

test("the result of a neighbour, or of another file, is none of its own", () => {
  for (const other of [{ line: 9 }, { line: 20 }, { line: null }, { file: "b.test.ts" }]) {
    expect(statusOf([tag], [{ ...result, ...other }])).toBe("not run");
  }
});

test("a test of a shared suite is known by its title, wherever it ran", () => {
  const shared = { ...tag, file: "contract.ts" };
  const ran = { ...result, file: "b.test.ts", line: null };
  expect(statusOf([shared], [ran])).toBe("met");
  expect(statusOf([shared], [ran, { ...ran, passed: false }])).toBe("failing");
  expect(statusOf([shared], [{ ...ran, title: "another" }])).toBe("not run");
  const table = { ...shared, title: "generation $presented (%j): $answer" };
  expect(statusOf([table], [{ ...ran, title: 'generation 7 ("A"): rotated' }])).toBe("met");
  expect(statusOf([table], [{ ...ran, title: "generation 7: rotated" }])).toBe("not run");
});

test("a row without a test is missing, unless it waits for its feature", () => {
  expect(statusOf([], [result])).toBe("missing");
  expect(statusOf([], [result], ["1"])).toBe("not yet");
  expect(statusOf([{ ...tag, rows: ["2"] }], [result])).toBe("missing");
  expect(statusOf([tag], [result], ["1"])).toBe("met");
});
