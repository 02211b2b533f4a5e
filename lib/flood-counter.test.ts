import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { floodCounter } from "./flood-counter";

test("so many pass in a minute, and those beyond are told how long to wait, each key by itself", async () => {
  const { excess } = floodCounter(3);
  const answers = [await excess("a"), await excess("a"), await excess("a"), await excess("a")];
  expect(answers.slice(0, 3)).toEqual([null, null, null]);
  expect(answers[3]).toBeGreaterThan(0);
  expect(answers[3]).toBeLessThanOrEqual(60);
  expect(await excess("b")).toBeNull();
});

const FILL = `
  const { floodCounter } = await import("./lib/flood-counter.ts");
  const counters = [floodCounter(300), floodCounter(12000)];
  const megabytes = () => { gc(); return process.memoryUsage().rss / 1e6; };
  const count = async (keys) => {
    for (let key = 0; key < 200_000; key++) await counters[key % 2].excess(String(key % keys));
  };
  await count(2); // what the process itself needs for so much work is no growth of ours
  const before = megabytes();
  await count(200_000);
  process.stdout.write(String(megabytes() - before));
`;

// bar 145
test("200 000 different keys take less than 50 MB", async () => {
  // young garbage stays in memory for as long as there is room: leave it little
  const flags = [
    "--max-semi-space-size=2",
    "--expose-gc",
    "--import",
    "tsx",
    "--input-type=module",
    "--eval",
    FILL,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  expect(Number(stdout)).toBeLessThan(50);
});
