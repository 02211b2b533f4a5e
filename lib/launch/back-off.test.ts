import { expect, test } from "vitest";
import { backOffMs } from "./back-off";

test("the first time at once, then after waits that double up to half a minute", () => {
  const waits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 1000].map(backOffMs);
  expect(waits).toEqual([0, 0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});
