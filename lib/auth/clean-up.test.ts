import { expect, test } from "vitest";
import { addSeconds } from "@/lib/clock";
import { BUDGETS } from "./budget";
import { cleanUp } from "./clean-up";
import type { FailureKey } from "./failure-counts";
import type { Store } from "./store";
import { again, SETTINGS, signInAsJohn, worldOfJohn } from "./testing/world";

const quick = { batchRows: 2, pauseMs: 0 };

/** A world in which five sessions of John are of old age, and one is not. */
async function oldWorld() {
  const john = await worldOfJohn();
  for (let each = 1; each < 5; each++) await signInAsJohn(john);
  john.pass(SETTINGS.absoluteSeconds - 10);
  const young = await signInAsJohn(john);
  john.pass(10);
  return { ...john, old: john.tokens, young };
}

/** The same store, but `step` happens before each batch of sessions is deleted. */
function interrupted(store: Store, step: () => Promise<unknown>): Store {
  const upkeep: Store["upkeep"] = {
    ...store.upkeep,
    async deleteDeadSessions(...given) {
      await step();
      return store.upkeep.deleteDeadSessions(...given);
    },
  };
  return { ...store, upkeep };
}

test("what is of old age goes, batch by batch, and the living stay", async () => {
  const given = await oldWorld();
  const { context, old, young } = given;
  const { failures } = context.store;
  await failures.sweep(context.clock.now(), 1000);
  await failures.reserve("a" as FailureKey, BUDGETS.device, 0);
  expect(await cleanUp(context, quick)).toEqual({ sessions: 5, throttles: 1 });
  expect(await context.store.findSession(old.session.id)).toBeNull();
  await expect(again(old.refreshToken, given)).rejects.toMatchObject({
    code: "invalid_refresh_token",
  });
  await expect(again(young.refreshToken, given)).resolves.toBeTruthy();
  expect(await cleanUp(context, quick)).toEqual({ sessions: 0, throttles: 0 });
});

test("a session that was ended stays until its absolute end: its old tokens are no nonsense", async () => {
  const given = await worldOfJohn();
  const { context, tokens, events } = given;
  await again(tokens.refreshToken, given);
  given.pass(60);
  await expect(again(tokens.refreshToken, given)).rejects.toBeTruthy();
  expect(await cleanUp(context, quick)).toEqual({ sessions: 0, throttles: 0 });
  await expect(again(tokens.refreshToken, given)).rejects.toBeTruthy();
  expect(events.at(-1)).toMatchObject({ event: "session_refused", reason: "reuse" });
});

test("while one is at it all others are told so", async () => {
  const { context } = await oldWorld();
  const others: unknown[] = [];
  const store = interrupted(context.store, async () => others.push(await cleanUp(context, quick)));
  expect(await cleanUp({ ...context, store }, quick)).toMatchObject({ sessions: 5 });
  expect(others).toEqual([null, null, null]);
});

test("who was suspended for longer than the lease lasts finds another at it, and leaves it to him", async () => {
  const { context, pass } = await oldWorld();
  const { upkeep } = context.store;
  let isFirst = true;
  const store = interrupted(context.store, async () => {
    if (!isFirst) return;
    isFirst = false;
    pass(60);
    const now = context.clock.now();
    await upkeep.claimLease("clean-up", "another", now, addSeconds(now, 60));
  });
  expect(await cleanUp({ ...context, store }, quick)).toEqual({ sessions: 2, throttles: 0 });
  // and it did not give back what is the other's
  expect(await cleanUp(context, quick)).toBeNull();
});

test("one that is told to stop, or finds the database away, leaves the rest and the lease", async () => {
  const { context } = await oldWorld();
  const stop = new AbortController();
  const stopping = interrupted(context.store, async () => stop.abort());
  const { signal } = stop;
  const stopped = await cleanUp({ ...context, store: stopping }, { ...quick, signal });
  expect(stopped).toEqual({ sessions: 2, throttles: 0 });

  const failing = interrupted(context.store, async () => {
    throw new Error("away");
  });
  await expect(cleanUp({ ...context, store: failing }, quick)).rejects.toThrow("away");
  expect(await cleanUp(context, quick)).toMatchObject({ sessions: 3 });
});
