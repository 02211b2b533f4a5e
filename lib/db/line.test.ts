import { beforeEach, expect, test, vi } from "vitest";
import { Line } from "./line";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const oneByOne = () => new Line(1, () => new Error("waited in vain"));
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Whether somebody's turn has come by now. */
function watch(turn: Promise<number>) {
  const seen: { state: "waiting" | "turn" | "refused" } = { state: "waiting" };
  turn.then(
    () => {
      seen.state = "turn";
    },
    () => {
      seen.state = "refused";
    },
  );
  return seen;
}

test("one at a time, in the order of arrival", async () => {
  const line = oneByOne();
  await line.enter(100);
  const [second, third] = [watch(line.enter(100)), watch(line.enter(100))];
  await pass(50);
  expect([second.state, third.state]).toEqual(["waiting", "waiting"]);
  line.leave(true);
  await pass(1);
  expect([second.state, third.state]).toEqual(["turn", "waiting"]);
});

test("as many at a time as there are places", async () => {
  const line = new Line(3, () => new Error("waited in vain"));
  const turns = Array.from({ length: 5 }, () => watch(line.enter(100)));
  await pass(1);
  expect(turns.map(({ state }) => state)).toEqual(["turn", "turn", "turn", "waiting", "waiting"]);
  line.leave(true);
  line.leave(true);
  await pass(1);
  expect(turns.map(({ state }) => state)).toEqual(Array(5).fill("turn"));
});

test("a line that moves is waited in beyond the limit, up to six seconds", async () => {
  const line = oneByOne();
  await line.enter(100);
  const waiting = Array.from({ length: 200 }, () => watch(line.enter(100)));
  for (let turns = 1; turns <= 100; turns++) {
    await pass(90);
    line.leave(true);
  }
  await pass(1);
  const states = waiting.map(({ state }) => state);
  expect(states.slice(0, 64)).toEqual(Array(64).fill("turn"));
  expect(states.slice(68)).toEqual(Array(132).fill("refused"));
});

test("a line that stands still is left when the limit is reached, by all of it together", async () => {
  const line = oneByOne();
  await line.enter(100);
  const [second, third] = [watch(line.enter(100)), watch(line.enter(100))];
  await pass(101);
  expect([second.state, third.state]).toEqual(["refused", "refused"]);
});

test("the time in which the event loop stood still is not counted", async () => {
  vi.useRealTimers();
  const line = oneByOne();
  await line.enter(300);
  const waiting = line.enter(300);
  setTimeout(() => setImmediate(() => line.leave(true)), 1);
  const until = performance.now() + 500;
  while (performance.now() < until);
  await expect(waiting).resolves.toBeGreaterThan(0);
});

test("who comes after a turn that was of no use gets what is left of his limit", async () => {
  const line = oneByOne();
  await line.enter(100);
  const afterFailure = line.enter(100);
  await pass(60);
  line.leave(false);
  await pass(1);
  expect(await afterFailure).toBeLessThanOrEqual(40);
  const afterSuccess = line.enter(100);
  await pass(60);
  line.leave(true);
  await pass(1);
  expect(await afterSuccess).toBeGreaterThan(90);
});

test("many short turns follow each other within one turn of the event loop, but not for ever", async () => {
  vi.useRealTimers();
  const line = oneByOne();
  await line.enter(10_000);
  let turnsOfLoop = 0;
  const count = () => {
    turnsOfLoop += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  const busyFor = async (milliseconds: number) => {
    await line.enter(10_000);
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
    line.leave(true);
  };
  const short = Promise.all(Array.from({ length: 100 }, () => busyFor(0)));
  line.leave(true);
  await short;
  const duringShort = turnsOfLoop;
  await line.enter(10_000);
  const long = Promise.all(Array.from({ length: 20 }, () => busyFor(6)));
  line.leave(true);
  await long;
  clearImmediate(counting);
  expect(duringShort).toBeLessThan(50);
  expect(turnsOfLoop - duringShort).toBeGreaterThanOrEqual(5);
});
