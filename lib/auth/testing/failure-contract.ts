import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addSeconds } from "@/lib/clock";
import type { Budget } from "../budget";
import type { FailureCounts, FailureKey, Taken } from "../failure-counts";
import { memoryFailureCounts } from "./memory-failure-counts";
import { NOW } from "./samples";
import type { SubjectOf } from "./store-contract";

/** Small, so that a test walks through all of it. */
const BUDGET: Budget = {
  freeFailures: 3,
  firstWaitSeconds: 10,
  longestWaitSeconds: 25,
  lastFailure: 7,
  memorySeconds: 100,
};

const aKey = () => randomUUID() as FailureKey;
const at = (seconds: number) => addSeconds(NOW, seconds);

async function taken(counts: FailureCounts, key: FailureKey, now = NOW): Promise<Taken> {
  const reservation = await counts.reserve(key, BUDGET, now);
  if (!reservation.isOpen) throw new Error("The gate is closed.");
  return reservation;
}

/** The duties of `Store.failures`: what `afterFailure` (budget.ts) says, counted in one step. */
export function failureContract(subject: SubjectOf): void {
  test("failures are counted, the last free one closes the gate, and the waits grow to the longest", async () => {
    const { failures: counts } = subject().store;
    const key = aKey();
    const waits: number[] = [];
    for (let now = NOW, failures = 1; failures <= BUDGET.lastFailure; failures++) {
      const { closedUntil, ...count } = await taken(counts, key, now);
      expect(count).toMatchObject({ key, failures });
      const waitSeconds = closedUntil === 0 ? 0 : (closedUntil - now) / 1000;
      waits.push(waitSeconds);
      now = addSeconds(now, waitSeconds);
    }
    expect(waits).toEqual([0, 0, 10, 20, 25, 25, BUDGET.memorySeconds]);
  });

  // bar 143
  test("a gate opens at exactly the instant it was closed until, and asking before does not prolong it", async () => {
    const { failures: counts } = subject().store;
    const key = aKey();
    for (let count = 0; count < 3; count++) await taken(counts, key);
    for (const now of [NOW, at(5), at(10) - 1]) {
      const refused = { isOpen: false, closedUntil: at(10) };
      expect(await counts.reserve(key, BUDGET, now)).toEqual(refused);
      expect(await counts.closedUntil(key, now)).toBe(at(10));
    }
    expect(await counts.closedUntil(key, at(10))).toBeNull();
    expect(await taken(counts, key, at(10))).toMatchObject({ failures: 4, closedUntil: at(30) });
  });

  test("failures are forgotten at exactly the end of the memory after the gate has opened", async () => {
    const { failures: counts } = subject().store;
    const [kept, forgotten] = [aKey(), aKey()];
    for (const key of [kept, forgotten]) {
      for (let count = 0; count < 3; count++) await taken(counts, key);
    }
    expect(await taken(counts, kept, at(110) - 1)).toMatchObject({ failures: 4 });
    expect(await taken(counts, forgotten, at(110))).toMatchObject({ failures: 1, closedUntil: 0 });
  });

  test("a budget of one failure closes with the first", async () => {
    const { failures: counts } = subject().store;
    const strict = { ...BUDGET, freeFailures: 1 };
    const only = await counts.reserve(aKey(), strict, NOW);
    expect(only).toMatchObject({ isOpen: true, failures: 1, closedUntil: at(10) });
    const last = await counts.reserve(aKey(), { ...strict, lastFailure: 1 }, NOW);
    expect(last).toMatchObject({ isOpen: true, failures: 1, closedUntil: at(100) });
  });

  test("a withdrawn failure was none, and neither was the wait it began", async () => {
    const { failures: counts } = subject().store;
    const key = aKey();
    const three = [await taken(counts, key), await taken(counts, key), await taken(counts, key)];
    for (const each of three) await counts.withdraw(each);
    expect(await taken(counts, key)).toMatchObject({ failures: 1, closedUntil: 0 });
  });

  test("a key whose failures are all withdrawn is swept at once: attempts that nobody serves leave nothing", async () => {
    const { failures: counts } = subject().store;
    const [kept, emptied] = [aKey(), aKey()];
    while ((await counts.sweep(NOW, 1000)) > 0);
    await taken(counts, kept);
    const two = [await taken(counts, emptied), await taken(counts, emptied)];
    for (const each of two) await counts.withdraw(each);
    expect(await counts.sweep(NOW, 1000)).toBe(1);
    expect(await taken(counts, kept)).toMatchObject({ failures: 2 });
  });

  test("a failure withdrawn late does not open the gate that a later one closed", async () => {
    const { failures: counts } = subject().store;
    const key = aKey();
    for (let count = 0; count < 3; count++) await taken(counts, key);
    const slow = await taken(counts, key, at(10));
    const later = await taken(counts, key, at(30));
    await counts.withdraw(slow);
    expect(await counts.closedUntil(key, at(30))).toBe(later.closedUntil);
    expect(await taken(counts, key, later.closedUntil)).toMatchObject({ failures: 5 });
  });

  test("forgetting opens the gate of one key and of no other, and nothing is no count", async () => {
    const { failures: counts } = subject().store;
    const [one, other] = [aKey(), aKey()];
    for (let count = 0; count < 3; count++) {
      await taken(counts, one);
      await taken(counts, other);
    }
    await counts.forget(one);
    expect(await taken(counts, one)).toMatchObject({ failures: 1 });
    expect((await counts.reserve(other, BUDGET, NOW)).isOpen).toBe(false);
    const gone = await taken(counts, aKey());
    await counts.forget(gone.key);
    await counts.withdraw(gone);
    expect(await counts.closedUntil(gone.key, NOW)).toBeNull();
  });

  // bar 138
  test("of 200 at once exactly as many pass as are free", async () => {
    const { failures: counts } = subject().store;
    const key = aKey();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => counts.reserve(key, BUDGET, NOW)),
    );
    const passed = answers.flatMap((answer) => (answer.isOpen ? [answer.failures] : []));
    expect(passed.sort()).toEqual([1, 2, 3]);
  });

  test("what is forgotten is swept, a given number of rows at most, and nothing else", async () => {
    const { failures: counts } = subject().store;
    const kept = aKey();
    const later = at(50);
    while ((await counts.sweep(later, 1000)) > 0);
    await taken(counts, kept);
    const old = Array.from({ length: 5 }, aKey);
    for (const key of old) await taken(counts, key, at(-50));
    expect(await counts.sweep(later - 1, 1000)).toBe(0);
    expect(await counts.sweep(later, 3)).toBe(3);
    expect(await counts.sweep(later, 1000)).toBe(2);
    expect(await taken(counts, kept)).toMatchObject({ failures: 2 });
  });

  test("any sequence of steps counts as the specification does", async () => {
    const { failures: counts } = subject().store;
    const step = fc.record({
      do: fc.constantFrom("reserve", "reserve", "reserve", "withdraw", "forget", "ask"),
      key: fc.constantFrom(0, 1),
      afterSeconds: fc.constantFrom(0, 0, 5, 9.999, 10, 10.001, 20, 25, 100, 125),
      pick: fc.nat(),
    });
    const walk = async (on: FailureCounts, keys: readonly FailureKey[], steps: Step[]) => {
      let now = NOW;
      const held: Taken[] = [];
      const told: unknown[] = [];
      for (const each of steps) {
        now = addSeconds(now, each.afterSeconds);
        const key = keys[each.key] ?? aKey();
        if (each.do === "reserve") {
          const answer = await on.reserve(key, BUDGET, now);
          if (answer.isOpen) held.push(answer);
          told.push(answer);
        }
        const [one] = each.do === "withdraw" ? held.splice(each.pick % (held.length + 1), 1) : [];
        if (one !== undefined) await on.withdraw(one);
        if (each.do === "forget") await on.forget(key);
        if (each.do === "ask") told.push(await on.closedUntil(key, now));
      }
      return told;
    };
    type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const keys = [aKey(), aKey()];
        expect(await walk(counts, keys, steps)).toEqual(
          await walk(memoryFailureCounts(), keys, steps),
        );
      }),
      { numRuns: 40 },
    );
  });
}
