import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { expect, test } from "vitest";
import { eachLine } from "./each-line";

test("lines come whole, however they were cut on their way, or not at all", async () => {
  const source = new PassThrough();
  const lines: string[] = [];
  eachLine(source, (line) => lines.push(line));
  const bytes = Buffer.from("one\n\u20ac\u2028two\n\ntorn");
  for (const byte of bytes) source.write(Buffer.of(byte));
  source.end();
  await finished(source);
  expect(lines).toEqual(["one\n", "\u20ac\u2028two\n", "\n"]);
});
