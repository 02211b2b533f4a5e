import { expect, test } from "vitest";
import type { z } from "zod";
import { flag, moment, problemOf, text } from "./fields";

const told = (schema: z.ZodType, value: unknown) => {
  const { data, error } = schema.safeParse(value);
  return error === undefined ? data : problemOf(error);
};

test.each([undefined, null, ""])("%j is nothing, in a field of any kind", (value) => {
  expect([text, flag, moment].map((schema) => told(schema, value))).toEqual([null, null, null]);
});

test("yes and no are read however a database or a language writes them", () => {
  for (const yes of [true, 1, "1", "t", "T", "true", "True", "TRUE", "yes", "on"]) {
    expect(told(flag, yes)).toBe(true);
  }
  for (const no of [false, 0, "0", "f", "false", "False", "no", "off"]) {
    expect(told(flag, no)).toBe(false);
  }
  for (const other of [2, "maybe", {}, []])
    expect(told(flag, other)).toContain("must be yes or no");
});

test.each([
  ["2024-02-01T08:30:00Z", "2024-02-01T08:30:00.000Z"],
  ["2024-02-01T08:30:00.123456", "2024-02-01T08:30:00.123Z"],
  ["2024-02-01 08:30:00", "2024-02-01T08:30:00.000Z"],
  ["2024-02-01 08:30:00.123456+00", "2024-02-01T08:30:00.123Z"],
  ["2024-02-01 08:30:00.5-03:30", "2024-02-01T12:00:00.500Z"],
  ["2024-02-01 08:30", "2024-02-01T08:30:00.000Z"],
  ["2024-02-01", "2024-02-01T00:00:00.000Z"],
  [1_706_776_200, "2024-02-01T08:30:00.000Z"],
  ["1706776200000", "2024-02-01T08:30:00.000Z"],
])("the time %j is %s", (written, expected) => {
  expect(told(moment, written)).toBe(Date.parse(expected));
});

test("what is no time is said, and not what it was", () => {
  for (const other of ["yesterday", "2024-13-01", "01.02.2024", {}, true]) {
    expect(told(moment, other)).toBe("the entry must be a time");
  }
});

test("a number may stand for a text, and nothing else may", () => {
  expect(told(text, 42)).toBe("42");
  for (const other of [{}, [], true]) expect(told(text, other)).toBe("the entry must be text");
});
