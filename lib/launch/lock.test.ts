import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "./lock";

/** Twelve of them are longer than any pause of a busy machine's disk. */
const BEAT_MILLISECONDS = 100;
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-lock-"));
  path = join(folder, "cache", "lock");
});
afterEach(() => rm(folder, { recursive: true }));

/** Work that notices when it is not alone. */
function loneWork() {
  let running = 0;
  let most = 0;
  let runs = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    running -= 1;
    runs += 1;
  };
  return { work, seen: () => ({ most, runs }) };
}

test("whoever comes second waits, and nothing is left behind", async () => {
  const { work, seen } = loneWork();
  await Promise.all(Array.from({ length: 4 }, () => withLock(path, work, BEAT_MILLISECONDS)));
  expect(seen()).toEqual({ most: 1, runs: 4 });
  expect(await readdir(join(folder, "cache"))).toEqual([]);
});

test("the lock of an owner that died is taken over, by one of those who wait", async () => {
  await withLock(path, async () => {}, BEAT_MILLISECONDS);
  await writeFile(path, "dead 7");
  const { work, seen } = loneWork();
  await Promise.all(Array.from({ length: 3 }, () => withLock(path, work, BEAT_MILLISECONDS)));
  expect(seen()).toEqual({ most: 1, runs: 3 });
});

test("an owner that is alive is waited for, however long it works", async () => {
  const order: string[] = [];
  let second: Promise<unknown> = Promise.resolve();
  await withLock(
    path,
    async () => {
      second = withLock(path, async () => order.push("second"), BEAT_MILLISECONDS);
      // more beats than a dead owner is given
      await pause(15 * BEAT_MILLISECONDS);
      order.push("first");
    },
    BEAT_MILLISECONDS,
  );
  await second;
  expect(order).toEqual(["first", "second"]);
});

test("the lock is given back when the work fails", async () => {
  const failing = withLock(path, () => Promise.reject(new Error("no")), BEAT_MILLISECONDS);
  await expect(failing).rejects.toThrow("no");
  await expect(withLock(path, async () => "next", BEAT_MILLISECONDS)).resolves.toBe("next");
});
