import { expect, test } from "vitest";
import type { CleanedUp } from "@/lib/auth/clean-up";
import type { Store } from "@/lib/auth/store";
import { world } from "@/lib/auth/testing/world";
import { scheduleCleanUp } from "./schedule";

const OFTEN = { firstSeconds: 0.001, everySeconds: 0.001 };

/** What becomes of clean-ups of a store whose deletions are `deleteBatch`. */
async function scheduled(deleteBatch: () => Promise<number>) {
  const { context } = await world();
  const upkeep: Store["upkeep"] = { ...context.store.upkeep, deleteDeadSessions: deleteBatch };
  const store = { ...context.store, upkeep };
  const done: (CleanedUp | null)[] = [];
  const failures: unknown[] = [];
  const listener = {
    onDone: (cleaned: CleanedUp | null) => void done.push(cleaned),
    onFailure: (error: unknown) => void failures.push(error),
  };
  const stop = scheduleCleanUp({ ...context, store }, listener, OFTEN);
  return { done, failures, stop, store };
}

test("it is cleaned up again and again, also after a failure", async () => {
  let batches = 0;
  const { done, failures, stop } = await scheduled(async () => {
    batches += 1;
    if (batches === 2) throw new Error("away");
    return 1;
  });
  await expect.poll(() => done.length).toBeGreaterThan(2);
  await stop();
  expect(failures).toEqual([new Error("away")]);
  expect(done[0]).toEqual({ sessions: 1, throttles: 0 });
});

test("a stop waits for the statement under way, gives the lease back, and is the last of it", async () => {
  let finish = (_rows: number) => {};
  let hasBegun = false;
  const { done, stop, store } = await scheduled(() => {
    hasBegun = true;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  await expect.poll(() => hasBegun).toBe(true);
  const stopped = stop();
  expect(await store.upkeep.claimLease("clean-up", "another", 0, 1)).toBe(false);
  finish(500);
  await stopped;
  expect(done).toEqual([{ sessions: 500, throttles: 0 }]);
  expect(await store.upkeep.claimLease("clean-up", "another", 0, 1)).toBe(true);
});

test("a stop before the first one is the end of it too", async () => {
  const { done, stop } = await scheduled(async () => 0);
  await stop();
  await stop();
  expect(done).toEqual([]);
});
