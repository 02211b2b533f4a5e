import fc from "fast-check";
import { test } from "vitest";
import { perform } from "./testing/command";
import type { Stage } from "./testing/deed";
import { LIMITS, playInterleaving } from "./testing/interleaving";
import { atOnce, inTurn } from "./testing/interleaving-steps";
import { world } from "./testing/world";

const RUNS = 200;

/** All processes in one: they share a store that does each step at once. */
async function memoryStage() {
  const { context, store } = await world(LIMITS);
  const stage: Stage = {
    perform: (command) => perform(command, context),
    async setDisabled(id, disabled) {
      if (disabled) store.disableUser(id);
      else store.enableUser(id);
    },
  };
  return { stage, store };
}

test.each([
  ["in whatever order", inTurn],
  ["at once", atOnce],
])(
  "whatever clients and thieves do %s, the sessions are what the model says",
  async (_, steps) => {
    const { stage, store } = await memoryStage();
    const property = fc.asyncProperty(steps, (moments) => playInterleaving(moments, stage, store));
    await fc.assert(property, { numRuns: RUNS });
  },
  60_000,
);
