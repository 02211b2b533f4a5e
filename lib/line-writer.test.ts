import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { lineWriter } from "./line-writer";

const times = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`);

/** Runs a program with a writer to its stdout in a process of its own. */
const withWriter = (program: string) => [
  "--import",
  "tsx",
  "--input-type=module",
  "--eval",
  `import { lineWriter } from "./lib/line-writer.ts"; const writer = lineWriter(1); ${program}`,
];

test("lines arrive in their order, those that wait when the process ends included", async () => {
  const program = `
    process.once("exit", () => writer.flush());
    for (let index = 0; index < 20000; index++) writer.write("line " + index + "\\n");
    setTimeout(() => { writer.write("last\\n"); process.exit(); }, 50);`;
  const { stdout } = await promisify(execFile)(process.execPath, withWriter(program), {
    maxBuffer: 2 ** 24,
  });
  expect(stdout).toBe(`${times(20_000).join("")}last\n`);
});

test("what a slow reader had refused so far is not lost when the process ends", async () => {
  // a look at it takes the waiting off a pipe, as in the server
  const program = `
    void process.stdout;
    process.once("exit", () => writer.flush());
    for (let line = 0; line < 600; line++) writer.write("x".repeat(999) + "\\n");
    setTimeout(() => { process.stderr.write("ending"); process.exit(); }, 300);`;
  const child = spawn(process.execPath, withWriter(program), { stdio: ["ignore", "pipe", "pipe"] });
  await once(child.stderr, "data");
  expect((await text(child.stdout)).length).toBe(600_000);
});

// bar F10
test("a reader that is gone stops nothing, and the process ends as it would have", async () => {
  const program = `
    process.once("exit", () => writer.flush());
    const started = performance.now();
    const writing = setInterval(() => {
      writer.write("x".repeat(1000) + "\\n");
      if (performance.now() - started < 300) return;
      clearInterval(writing);
      process.stderr.write("still here");
      writer.write("to be flushed\\n");
      process.exitCode = 7;
    }, 1);`;
  const child = spawn(process.execPath, withWriter(program), { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  const [said] = await once(child.stderr, "data");
  expect(String(said)).toBe("still here");
  expect((await once(child, "exit"))[0]).toBe(7);
});

// bar F10
test("a descriptor that cannot be written to costs lines and throws nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-lines-"));
  const file = join(folder, "log");
  closeSync(openSync(file, "w"));
  // stays open: a write that is under way must not reach another file under the same number
  const readOnly = openSync(file, "r");
  const writer = lineWriter(readOnly);
  for (const line of times(100)) writer.write(line);
  await new Promise((resolve) => setTimeout(resolve, 50));
  writer.write("again\n");
  writer.flush();
  expect(readFileSync(file, "utf8")).toBe("");
  rmSync(folder, { recursive: true });
});

test("what nobody takes is dropped beyond 4 MiB", () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-lines-"));
  const file = join(folder, "log");
  const descriptor = openSync(file, "w");
  const writer = lineWriter(descriptor);
  const line = `${"x".repeat(64 * 1024 - 1)}\n`;
  // nothing is written in this turn of the event loop, but the first line is on its way
  for (let count = 0; count < 200; count++) writer.write(line);
  writer.flush();
  expect(readFileSync(file, "utf8").length).toBeLessThanOrEqual(65 * line.length);
  rmSync(folder, { recursive: true });
});
