import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { printRow, printRows } from "./output";

let written: string;
beforeEach(() => {
  written = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written += text;
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

test("a thing is a line a field, or one line of JSON", async () => {
  const row = { id: "a", email: null, disabled: false, sessions: 2 };
  await printRow(row, {});
  expect(written).toBe("id        a\nemail     -\ndisabled  false\nsessions  2\n");
  written = "";
  await printRow(row, { json: true });
  expect(JSON.parse(written)).toEqual(row);
});

test("batches are one table with one head, or lines of JSON", async () => {
  const batches = [[{ id: "a", name: "Ada" }], [], [{ id: "longer", name: "Eve" }]];
  await printRows(batches, {});
  expect(written).toBe("id  name\na   Ada\nlonger  Eve\n");
  written = "";
  await printRows(batches, { json: true });
  expect(written).toBe('{"id":"a","name":"Ada"}\n{"id":"longer","name":"Eve"}\n');
  written = "";
  await printRows([[]], {});
  expect(written).toBe("");
});

test("a text that somebody else chose does nothing to the terminal", async () => {
  await printRow({ name: "a\u001b[31mb\u009b2J\u202ec\nd\u2028e" }, {});
  expect(written).toBe("name  a?[31mb?2J?c?d?e\n");
});
