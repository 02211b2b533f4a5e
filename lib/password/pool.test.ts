import { availableParallelism } from "node:os";
import { afterAll, expect, test } from "vitest";
import { openPasswordPool } from "./pool";

const pool = openPasswordPool();
afterAll(() => pool.close());

test("a worker hashes, and compares what it hashed", async () => {
  const bcryptHash = await pool.hash("some text", 10);
  expect(bcryptHash).toMatch(/^\$2b\$10\$/);
  expect(await pool.compare("some text", bcryptHash)).toBe(true);
  expect(await pool.compare("other text", bcryptHash)).toBe(false);
});

test("more than the queue holds is refused at once, and all others are served", async () => {
  const room = availableParallelism() * 25;
  const tasks = Array.from({ length: room + 20 }, () => pool.hash("some text", 10));
  const outcomes = await Promise.allSettled(tasks);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason] : [],
  );
  expect(refused.length).toBeGreaterThanOrEqual(20);
  expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(room - availableParallelism());
  for (const error of refused) {
    expect(error).toMatchObject({ code: "unavailable", facts: { retryAfterSeconds: 5 } });
  }
}, 60_000);
