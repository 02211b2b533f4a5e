import { afterEach, beforeEach, expect, test } from "vitest";
import { openLog } from "@/lib/log";
import { logConsole } from "./console-lines";

/** As a library has it. */
const printer = globalThis.console;
const { debug, log, info, warn, error } = printer;
let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
  logConsole(openLog("trace", { write: (line) => void lines.push(JSON.parse(line)) }));
});
afterEach(() => {
  Object.assign(printer, { debug, log, info, warn, error });
});

// bar 154
test("what libraries print is one line, without colours, and of an error nothing that hangs on it", () => {
  const failure = Object.assign(new Error("lost"), { parameters: ["marker"] });
  printer.error("\u001b[31m⨯\u001b[39m", failure, failure, Object.assign(new Error(), failure));
  printer.warn("two\nlines %s", "filled in");
  expect(lines).toMatchObject([
    { level: "error", event: "console", text: "⨯", err: { type: "Error", message: "lost" } },
    { level: "warn", event: "console", text: "two\nlines filled in" },
  ]);
  expect(JSON.stringify(lines)).not.toContain("marker");
});

test("a page's error, which is told with its request, is not told twice", () => {
  printer.error("⨯", Object.assign(new Error("in a page"), { digest: "1234" }));
  expect(lines).toEqual([]);
});
