import { afterAll, expect, test } from "vitest";
import { openStrengthPool } from "./strength-pool";

const pool = openStrengthPool();
afterAll(() => pool.close());

test("a worker judges what it is given", async () => {
  expect(await pool.judgePassword("password1", [])).toBe("too_common");
  expect(await pool.judgePassword("zorkmid2026", ["zorkmid"])).toBe("made_of_own_name");
  expect(await pool.judgePassword("zorkmid otter kettle", ["zorkmid"])).toBeNull();
});

test("more than the queue holds is refused at once, and all others are judged", async () => {
  const waiting = Array.from({ length: 160 }, () =>
    pool.judgePassword("correct horse battery", []),
  );
  const outcomes = await Promise.allSettled(waiting);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason] : [],
  );
  expect(refused.length).toBeGreaterThanOrEqual(20);
  expect(refused.length).toBeLessThanOrEqual(32);
  for (const error of refused) {
    expect(error).toMatchObject({ code: "unavailable", facts: { retryAfterSeconds: 5 } });
  }
});

test("what a stop cuts off is for another instance to do", async () => {
  const stopping = openStrengthPool();
  const judged = stopping.judgePassword("correct horse battery", []);
  await Promise.all([
    expect(judged).rejects.toMatchObject({ code: "unavailable" }),
    stopping.close(),
  ]);
});
