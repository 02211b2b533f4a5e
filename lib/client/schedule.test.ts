import fc from "fast-check";
import { expect, test } from "vitest";
import { backOffMs, earlyDelayMs } from "./schedule";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("a token is renewed between 72 % and 88 % of its life", () => {
  expect(earlyDelayMs(900, () => 0)).toBeCloseTo(648_000);
  expect(earlyDelayMs(900, () => 0.5)).toBeCloseTo(720_000);
  expect(earlyDelayMs(900, () => 1)).toBeCloseTo(792_000);
});

test.each([0, -5, 0.1])(
  "a token with %d seconds to live is renewed a second from now",
  (seconds) => {
    expect(earlyDelayMs(seconds, () => 0.5)).toBe(1_000);
  },
);

// bar 162
test("waits double from two seconds up to thirty, the upper half of each by chance", () => {
  const bounds = [1, 2, 3, 4, 5, 1_000].map((failures) => [
    backOffMs(failures, null, () => 0),
    backOffMs(failures, null, () => 1),
  ]);
  expect(bounds).toEqual([
    [1_000, 2_000],
    [2_000, 4_000],
    [4_000, 8_000],
    [8_000, 16_000],
    [15_000, 30_000],
    [15_000, 30_000],
  ]);
});

test("a wait is never shorter than a second, nor than what the server asked for up to five minutes", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.nat(100_000),
      chance,
      (failures, asked, draw) => {
        const waitMs = backOffMs(failures, asked, () => draw);
        expect(waitMs).toBeGreaterThanOrEqual(Math.max(1_000, Math.min(300, asked) * 1_000));
        expect(waitMs).toBeLessThanOrEqual(330_000);
      },
    ),
  );
});

// bar F27
test("clients that got their tokens in the same moment do not renew them in the same seconds", () => {
  const clients = 2000;
  const perSecond = new Map<number, number>();
  for (let client = 0; client < clients; client++) {
    // evenly spread chance: what remains uneven is the schedule's doing
    const second = Math.floor(earlyDelayMs(900, () => client / clients) / 1000);
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
  }
  expect(perSecond.size).toBeGreaterThanOrEqual(144);
  expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(2 * (clients / 144));
});
