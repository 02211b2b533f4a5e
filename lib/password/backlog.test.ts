import { beforeEach, expect, test, vi } from "vitest";
import { Backlog } from "./backlog";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** On a machine that has been found to need 390 ms for a hash of cost 12. */
async function busyWith(hashes: number, workers = 2) {
  const backlog = new Backlog(workers);
  for (let times = 0; times < 50; times++) backlog.measured(12, 390);
  const leave = await Promise.all(Array.from({ length: hashes }, () => backlog.enter(12)));
  return { backlog, leave };
}

/** What becomes of somebody who asks now, told at the latest after a second. */
async function outcomeOf(asked: Promise<unknown>): Promise<unknown> {
  const outcome = asked.then(
    () => "room",
    (error) => error,
  );
  await vi.advanceTimersByTimeAsync(999);
  return Promise.race([outcome, "still waiting"]);
}

test("the wait is that of the work before, shared by the workers; one that is free has none", async () => {
  expect((await busyWith(1)).backlog.waitMs).toBe(0);
  expect((await busyWith(6)).backlog.waitMs).toBeCloseTo(1170, -1);
  expect((await busyWith(6, 4)).backlog.waitMs).toBeCloseTo(585, -1);
});

test("a hash of cost 15 counts as eight of cost 12", async () => {
  const { backlog, leave } = await busyWith(2);
  const before = backlog.waitMs;
  await backlog.enter(15);
  expect(backlog.waitMs).toBeCloseTo(before * 5, -1);
  for (const each of leave) each();
  expect(backlog.waitMs).toBe(0);
});

test("who would wait longer than eight seconds is refused within one, whatever the cost", async () => {
  const { backlog } = await busyWith(42);
  expect(await outcomeOf(backlog.enter(12))).toMatchObject({
    code: "unavailable",
    facts: { retryAfterSeconds: 5 },
  });
  expect(await outcomeOf(backlog.requireRoom())).toMatchObject({ code: "unavailable" });
  expect(await outcomeOf((await busyWith(40)).backlog.enter(12))).toBe("room");
});

test("of many at once each sees those before it", async () => {
  const { backlog } = await busyWith(2);
  const outcomes = Promise.allSettled(Array.from({ length: 100 }, () => backlog.enter(12)));
  await vi.advanceTimersByTimeAsync(999);
  const entered = (await outcomes).filter(({ status }) => status === "fulfilled");
  expect(entered.length).toBeLessThan(42);
});

test("room that is made within the moment is taken", async () => {
  const { backlog, leave } = await busyWith(42);
  const asked = outcomeOf(backlog.enter(12));
  for (const each of leave) each();
  expect(await asked).toBe("room");
});

test("a free worker is never refused, however slow a hash was", async () => {
  const backlog = new Backlog(2);
  backlog.measured(10, 3_600_000);
  await backlog.enter(10);
  expect(await outcomeOf(backlog.enter(10))).toBe("room");
});
