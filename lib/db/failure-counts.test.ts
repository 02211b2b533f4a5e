import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, inject, test } from "vitest";
import { BUDGETS } from "@/lib/auth/budget";
import type { FailureKey } from "@/lib/auth/failure-counts";
import { NOW } from "@/lib/auth/testing/samples";
import { addSeconds } from "@/lib/clock";
import { openDatabase } from "./open";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";
import { holdWriteLock, migratedFile } from "./testing/sqlite";

const server = postgresAt(inject("postgresUrl"));
const file = await migratedFile();

afterAll(() => Promise.all([server.stop(), file.remove()]));

const aKey = () => randomUUID() as FailureKey;
const BUDGET = BUDGETS.account;

const URLS = {
  SQLite: async () => file.url,
  PostgreSQL: () => migratedDatabase(server),
};

describe.each(Object.entries(URLS))("on %s", (_, urlOf) => {
  // bar 138
  test("two instances over one database count together, and a restart forgets nothing", async () => {
    const url = await urlOf();
    const instances = await Promise.all([openDatabase(url), openDatabase(url)]);
    const key = aKey();
    const reservations = Array.from({ length: 100 }, (_, index) =>
      instances[index % 2 ? 0 : 1]?.store.failures.reserve(key, BUDGET, NOW),
    );
    const passed = (await Promise.all(reservations)).filter((answer) => answer?.isOpen);
    expect(passed).toHaveLength(BUDGET.freeFailures);
    await Promise.all(instances.map((instance) => instance.close()));

    const restarted = await openDatabase(url);
    const { failures: counts } = restarted.store;
    const opensAt = addSeconds(NOW, BUDGET.firstWaitSeconds);
    const refused = { isOpen: false, closedUntil: opensAt };
    expect(await counts.reserve(key, BUDGET, NOW)).toEqual(refused);
    expect(await counts.reserve(key, BUDGET, opensAt)).toMatchObject({ failures: 11 });
    await restarted.close();
  });
});

test("what is forgotten goes by itself while others count", async () => {
  const { store, close } = await openDatabase(file.url);
  const { failures: counts } = store;
  const later = addSeconds(NOW, BUDGET.memorySeconds);
  for (let each = 0; each < 100; each++) await counts.reserve(aKey(), BUDGET, NOW);
  for (let each = 0; each < 200; each++) await counts.reserve(aKey(), BUDGET, later);
  expect(await counts.sweep(later, 1000)).toBe(0);
  await close();
});

test("who is refused waits for no writer", async () => {
  const { store, close } = await openDatabase(file.url);
  const { failures: counts } = store;
  const key = aKey();
  for (let each = 0; each < BUDGET.freeFailures; each++) await counts.reserve(key, BUDGET, NOW);
  const holder = await holdWriteLock(file.url);
  expect((await counts.reserve(key, BUDGET, NOW)).isOpen).toBe(false);
  await expect(counts.reserve(aKey(), BUDGET, NOW)).rejects.toMatchObject({ code: "unavailable" });
  await holder.release();
  await close();
});
