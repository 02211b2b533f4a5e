import { afterAll, expect, inject, test } from "vitest";
import { type CleanedUp, cleanUp } from "@/lib/auth/clean-up";
import { aSession, aUser, NOW } from "@/lib/auth/testing/samples";
import { addSeconds } from "@/lib/clock";
import { openDatabase } from "./open";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";

const server = postgresAt(inject("postgresUrl"));

afterAll(() => server.stop());

const END = addSeconds(NOW, 1000);
const DEAD = 40;

/** So many instances over one PostgreSQL that holds dead sessions, their clocks at `now()`. */
async function instancesOverDeadSessions(count: number, now: () => number) {
  const url = await migratedDatabase(server);
  const instances = await Promise.all(Array.from({ length: count }, () => openDatabase(url)));
  const contexts = instances.map(({ store }) => ({ store, clock: { now } }));
  const [one] = instances;
  const user = aUser();
  await one?.store.createUser(user);
  for (let each = 0; each < DEAD; each++) {
    const session = aSession(user, { absoluteEndAt: END });
    await one?.store.openSession(session, user.passwordHash, DEAD);
  }
  const close = () => Promise.all(instances.map((instance) => instance.close()));
  return { contexts, close };
}

test("of four instances over one PostgreSQL one cleans up at a time, and together they delete each row once", async () => {
  const { contexts, close } = await instancesOverDeadSessions(4, () => END);
  let atWork = 0;
  const crowds: number[] = [];
  const runs = contexts.map(async ({ store, clock }) => {
    const upkeep: typeof store.upkeep = {
      ...store.upkeep,
      async deleteDeadSessions(...given) {
        atWork += 1;
        const rows = await store.upkeep.deleteDeadSessions(...given);
        crowds.push(atWork);
        atWork -= 1;
        return rows;
      },
    };
    const done: (CleanedUp | null)[] = [];
    for (let round = 0; round < 5; round++) {
      done.push(
        await cleanUp({ store: { ...store, upkeep }, clock }, { batchRows: 3, pauseMs: 1 }),
      );
    }
    return done;
  });
  const done = (await Promise.all(runs)).flat();
  expect(new Set(crowds)).toEqual(new Set([1]));
  expect(done.reduce((sum, each) => sum + (each?.sessions ?? 0), 0)).toBe(DEAD);
  await close();
});

test("another instance takes over from one that died at work, when its lease has run out and not before", async () => {
  let now = END;
  const { contexts, close } = await instancesOverDeadSessions(2, () => now);
  const [dying, heir] = contexts;
  if (!dying || !heir) throw new Error("two were asked for");
  const { store } = dying;
  await new Promise<void>((resolve) => {
    const upkeep: typeof store.upkeep = {
      ...store.upkeep,
      // as if it were killed here: nothing of it ever comes again
      deleteDeadSessions: () => {
        resolve();
        return new Promise(() => {});
      },
    };
    void cleanUp({ ...dying, store: { ...store, upkeep } });
  });
  expect(await cleanUp(heir)).toBeNull();
  now = addSeconds(END, 60) - 1;
  expect(await cleanUp(heir)).toBeNull();
  now = addSeconds(END, 60);
  expect(await cleanUp(heir)).toEqual({ sessions: DEAD, throttles: 0 });
  await close();
});
