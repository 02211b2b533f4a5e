import { expect, test } from "vitest";
import { afterFailure, BUDGETS, sharedBudget } from "./budget";

const HOUR = 3600;
const DAY = 24 * HOUR;
const { account, address, device, register } = BUDGETS;

// bar 136
test.each([
  ["the 9th failure of an account", account, 9, 0],
  ["the 10th", account, 10, 10],
  ["the 11th", account, 11, 20],
  ["the 12th", account, 12, 40],
  ["the 23rd", account, 23, 81_920],
  ["the 24th", account, 24, DAY],
  ["the 99th", account, 99, DAY],
  ["the 100th", account, 100, 30 * DAY],
  ["the 19th of an address", address, 19, 0],
  ["the 20th", address, 20, 10],
  ["the 28th", address, 28, 2560],
  ["the 29th", address, 29, HOUR],
  ["the 10000th", address, 10_000, HOUR],
  ["the 9th of a device", device, 9, 0],
  ["the 10th", device, 10, DAY],
  ["the 99th registration of an address", register, 99, 0],
  ["the 100th", register, 100, 10],
  ["the 99th failure of all without an address", sharedBudget(address), 99, 0],
  ["the 100th", sharedBudget(address), 100, 10],
])("%s closes the gate for so long", (_, budget, failures, waitSeconds) => {
  expect(afterFailure(failures, budget).waitSeconds).toBe(waitSeconds);
});

test.each([
  ["an account's, 30 days after the gate has opened", account, 10, 10 + 30 * DAY],
  ["an account's last, with its wait", account, 100, 30 * DAY],
  ["an address's, an hour after the gate has opened", address, 29, 2 * HOUR],
  ["an address's free ones, after an hour", address, 1, HOUR],
  ["a device's, with its wait", device, 10, DAY],
])("failures are forgotten: %s", (_, budget, failures, forgottenSeconds) => {
  expect(afterFailure(failures, budget).forgottenSeconds).toBe(forgottenSeconds);
});

// bar 136
test("guessing at one account without a pause costs more than two months for 100 guesses", () => {
  const waits = Array.from({ length: 99 }, (_, index) => afterFailure(index + 1, account));
  const totalSeconds = waits.reduce((sum, { waitSeconds }) => sum + waitSeconds, 0);
  expect(totalSeconds).toBeGreaterThan(60 * DAY);
});
