import { expect, test } from "vitest";
import { findTags } from "./bar-tags";

const tagsOf = (...lines: string[]) => findTags("a.test.ts", lines.join("\n"));

test("a tag belongs to the test directly below it, which lasts until the next one", () => {
  const { tags, strays } = tagsOf(
    "// bar 64, F5",
    'test("one", () => {});',
    "",
    '  test("two", () => {});',
  );
  expect(strays).toEqual([]);
  expect(tags).toEqual([
    { rows: ["64", "F5"], file: "a.test.ts", line: 2, endLine: 4, title: "one" },
  ]);
});

test("several tags and other comment lines may stand above one test", () => {
  const { tags } = tagsOf(
    "  // bar 1",
    "  // because",
    "  // bar 2",
    '  test("a \\"b\\"", () => {',
  );
  expect(tags.map(({ rows, line, title }) => [rows, line, title])).toEqual([
    [["1"], 4, 'a "b"'],
    [["2"], 4, 'a "b"'],
  ]);
});

test("a table of cases counts as one test, and a title may stand on the next line", () => {
  const { tags } = tagsOf(
    "// bar 1",
    "test.each([",
    "  1,",
    '])("%j", () => {});',
    "// bar 2",
    "test(",
    '  "long",',
  );
  expect(tags.map(({ line, endLine, title }) => [line, endLine, title])).toEqual([
    [2, 6, "%j"],
    [6, 8, "long"],
  ]);
});

test.each([
  ["above nothing", ["// bar 1"]],
  ["above an empty line", ["// bar 1", "", 'test("a", f);']],
  ["inside a test", ['test("a", () => {', "  // bar 1", "  expect(1).toBe(1);"]],
  ["above a group", ["// bar 1", 'test.describe("a", f);']],
  ["with words in it", ["// bar 1 in part", 'test("a", f);']],
  ["without its word", ["// F12", 'test("a", f);']],
])("a tag %s is a stray one", (_, lines) => {
  const { tags, strays } = tagsOf(...lines);
  expect(tags).toEqual([]);
  expect(strays).toHaveLength(1);
});

test("a sentence that speaks of a bar is none of ours", () => {
  expect(tagsOf("// the bar 1", "/** bar 1 */", 'const a = "// bar 1";').strays).toEqual([]);
});
