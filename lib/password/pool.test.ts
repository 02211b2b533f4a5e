import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { afterAll, describe, expect, test } from "vitest";
import type { BackendNews } from "./bcrypt-backend.mjs";
import { openPasswordPool } from "./pool";
import { BACKENDS } from "./testing/backends";

/** Made by Better Auth 1.7. */
const FOREIGN_PASSWORD = "Wide letters and a fine ligature";
const FOREIGN_HASH =
  "ab450270adc8d3f2f13b9128ba26db61:2219e2ceaeb28049325511885e2d62b8240ba1efa9e243d9ffacc836f067f4c7d8885fc4bd75ec0343ca2ded0d1e472eee2d90304ba5fb13894db293ce45e99f";

describe.each(BACKENDS)("with %s", (backend) => {
  const news: BackendNews[] = [];
  const pool = openPasswordPool(backend, (_waitedMs, _tookMs, by) => void news.push(by));
  afterAll(() => pool.close());

  test("a worker hashes, compares what it hashed, and says what computed it", async () => {
    const bcryptHash = await pool.hash("some text", 10);
    expect(bcryptHash).toMatch(/^\$2b\$10\$/);
    expect(await pool.compare("some text", bcryptHash)).toBe(true);
    expect(await pool.compare("other text", bcryptHash)).toBe(false);
    expect(news).toEqual(Array(3).fill({ name: backend, unusable: null }));
  });

  test("a worker compares with Better Auth's scrypt, too", async () => {
    expect(await pool.compare(FOREIGN_PASSWORD, FOREIGN_HASH)).toBe(true);
    expect(await pool.compare("other text", FOREIGN_HASH)).toBe(false);
  });

  test("on Linux the workers stand behind the event loop for a core, and nothing else does", async () => {
    await pool.hash("some text", 10);
    const before = process.platform === "linux" ? nicenessOfThreads() : [];
    const lowered = before.filter((niceness) => niceness !== before[0]);
    expect(lowered.length > 0).toBe(process.platform === "linux");
    expect(new Set(lowered).size).toBeLessThanOrEqual(1);
    expect(lowered.length).toBeLessThanOrEqual(availableParallelism());
  });
});

test("more than a few seconds of work is refused, and all others are served", async () => {
  const pool = openPasswordPool("native");
  // eight seconds are room for fewer on any machine
  const asked = availableParallelism() * 150;
  const tasks = Array.from({ length: asked }, () => pool.hash("some text", 12));
  const outcomes = await Promise.allSettled(tasks);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason] : [],
  );
  expect(refused.length).toBeGreaterThan(0);
  expect(asked - refused.length).toBeGreaterThanOrEqual(availableParallelism());
  for (const error of refused) {
    expect(error).toMatchObject({ code: "unavailable", facts: { retryAfterSeconds: 5 } });
  }
  await expect(pool.hash("some text", 10)).resolves.toMatch(/^\$2b\$/);
  await pool.close();
});

test("a hash whose time to begin is over is not begun", async () => {
  const filename = fileURLToPath(new URL("bcrypt-worker.mjs", import.meta.url));
  const worker = new Piscina({ filename, maxThreads: 1 });
  const hash = (beginBefore: number) =>
    worker.run({ text: "some text", cost: 4, beginBefore }, { name: "hash" });
  const now = performance.timeOrigin + performance.now();
  expect(await hash(now - 60_000)).toBeNull();
  expect(await hash(now + 60_000)).toMatchObject({ result: expect.stringMatching(/^\$2b\$04\$/) });
  await worker.close();
});

/** Of this process, the main thread first. */
function nicenessOfThreads(): number[] {
  const statOf = (id: string) => readFileSync(`/proc/self/task/${id}/stat`, "utf8");
  // counted from the name's closing bracket; the 19th field of all
  return readdirSync("/proc/self/task").map((id) =>
    Number(statOf(id).split(") ")[1]?.split(" ")[16]),
  );
}
