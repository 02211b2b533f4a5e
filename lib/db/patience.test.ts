import { expect, test } from "vitest";
import { within } from "./patience";

/** Keeps the event loop from everything else. */
function stall(milliseconds: number) {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

test("what comes in time is what was promised, and so is its failure", async () => {
  await expect(within(1000, Promise.resolve("it"), () => {})).resolves.toBe("it");
  const failing = Promise.reject(new Error("its own"));
  await expect(within(1000, failing, () => {})).rejects.toThrow("its own");
});

test("what comes too late is handed over", async () => {
  const came: string[] = [];
  let arrive = (_: string) => {};
  const promised = new Promise<string>((resolve) => {
    arrive = resolve;
  });
  await expect(within(10, promised, (it) => came.push(it))).rejects.toThrow("timeout");
  arrive("it");
  await promised;
  expect(came).toEqual(["it"]);
});

test("the time in which the event loop stood still is not counted", async () => {
  const arriving = new Promise((resolve) => {
    setTimeout(() => setImmediate(() => setTimeout(resolve, 5, "it")), 1);
  });
  const waiting = within(300, arriving, () => {});
  stall(500);
  await expect(waiting).resolves.toBe("it");
});
