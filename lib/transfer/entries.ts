import { csvEntries } from "./csv-entries";
import { linesOf, UnreadableFile } from "./text";

/** What a file tells of one user, whatever it is. */
export interface Entry {
  /** For people: `line 3`, or `entry 3` where lines say nothing. */
  readonly place: string;
  readonly value: unknown;
}

/**
 * The entries of a text in one of these forms, told by how it begins:
 * - JSON lines, one object a line; streamed. A line that is no JSON is an entry with the value undefined;
 * - one JSON array, or one object of objects (its keys are user names, as in FastAPI's tutorial); read as a whole;
 * - CSV with a header; streamed.
 *
 * @throws UnreadableFile where it is none of them
 */
export async function* entriesOf(text: AsyncIterable<string>): AsyncGenerator<Entry> {
  const lines = linesOf(text);
  const { first, blankLines } = await firstLine(lines);
  const all = chained(first, lines);
  if (!/^\s*[[{]/.test(first)) yield* csvEntries(all, blankLines);
  else if (isUser(parsed(first))) yield* lineEntries(all, blankLines);
  else yield* wholeEntries(await wholeJson(all));
}

/** A text that is one JSON value. @throws UnreadableFile where it is none */
export async function wholeJson(text: AsyncIterable<string>): Promise<unknown> {
  let whole = "";
  for await (const part of text) whole += part;
  const value = parsed(whole);
  if (value === undefined) throw new UnreadableFile("The file is neither JSON nor JSON lines.");
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Not if no field of it is text: these are many users. */
const isUser = (value: unknown) =>
  isObject(value) && Object.values(value).some((field) => typeof field === "string");

async function* lineEntries(lines: AsyncIterable<string>, before: number) {
  let number = before;
  for await (const line of lines) {
    number += 1;
    if (line.trim() !== "") yield { place: `line ${number}`, value: parsed(line) };
  }
}

function* wholeEntries(whole: unknown): Generator<Entry> {
  const values = isObject(whole) ? named(whole) : whole;
  if (!Array.isArray(values)) throw new UnreadableFile("The file holds no list of users.");
  for (const [index, value] of values.entries()) yield { place: `entry ${index + 1}`, value };
}

/** The values, each with its key as user name unless it has one. */
function named(users: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.entries(users).map(([username, value]) =>
    isObject(value) ? { username, ...value } : value,
  );
}

async function firstLine(lines: AsyncGenerator<string>) {
  let blankLines = 0;
  let first: string = (await lines.next()).value ?? "";
  while (first !== "" && first.trim() === "") {
    blankLines += 1;
    first = (await lines.next()).value ?? "";
  }
  return { first, blankLines };
}

async function* chained(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
