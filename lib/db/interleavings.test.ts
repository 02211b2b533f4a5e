import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Stage } from "@/lib/auth/testing/deed";
import { playInterleaving } from "@/lib/auth/testing/interleaving";
import { atOnce, inTurn, PROCESSES } from "@/lib/auth/testing/interleaving-steps";
import { migrate } from "@/prisma/migrate";
import type { Client } from "./client";
import { type Database, openDatabase } from "./open";
import { openAside } from "./testing/aside";
import { type Instance, startInstance } from "./testing/instance";
import { postgresAt } from "./testing/postgres";
import {
  type DatabaseKind,
  newPostgres,
  newSqlite,
  type TestDatabase,
} from "./testing/test-database";

/** So many users at a time: the processes are kept busy, and strangers stay strangers. */
const USERS = 10;
/** How many users' interleavings on each database, half of them of either kind, for a longer look. */
const GIVEN = process.env.INTERLEAVINGS;

const newDatabases: Readonly<Record<DatabaseKind, () => Promise<TestDatabase>>> = {
  sqlite: async () => newSqlite(),
  postgresql: () => newPostgres(postgresAt(inject("postgresUrl"))),
};

describe.each([
  ["sqlite", 1500],
  ["postgresql", 500],
] as const)("three processes over %s", (kind, usual) => {
  const interleavings = Number(GIVEN ?? usual);
  let ground: TestDatabase;
  let aside: Client;
  let database: Database;
  let instances: readonly Instance[];

  beforeAll(async () => {
    ground = await newDatabases[kind]();
    await migrate(ground.url);
    aside = openAside(ground.url);
    database = await openDatabase(ground.url);
    instances = await Promise.all(
      Array.from({ length: PROCESSES }, () => startInstance(ground.url)),
    );
  }, 120_000);

  afterAll(async () => {
    for (const instance of instances) await instance.kill();
    await Promise.all([database.close(), aside.$disconnect()]);
    await ground.remove();
  });

  // bar 53, 60, 61, 62, 69
  test.each([
    ["in whatever order", inTurn],
    ["at once", atOnce],
  ])(
    "whatever clients and thieves do %s, answers and rows are what the model says",
    async (_, steps) => {
      const perform: Stage["perform"] = (command, process) =>
        (instances[process] as Instance).perform(command);
      const setDisabled: Stage["setDisabled"] = async (id, disabled) => {
        await aside.user.update({ where: { id }, data: { disabled } });
      };
      const stage: Stage = { perform, setDisabled };
      const property = fc.asyncProperty(
        fc.array(steps, { minLength: USERS, maxLength: USERS }),
        async (users) => {
          const plays = users.map((moments) => playInterleaving(moments, stage, database.store));
          const failed = (await Promise.allSettled(plays)).find(
            ({ status }) => status === "rejected",
          );
          if (failed) throw (failed as PromiseRejectedResult).reason;
        },
      );
      const numRuns = Math.ceil(interleavings / 2 / USERS);
      // what happens at once does not happen the same way again: nothing to shrink
      await fc.assert(property, { numRuns, endOnFailure: true });
      expect(numRuns * USERS).toBeGreaterThanOrEqual(interleavings / 2);
    },
    300_000 + interleavings * 200,
  );
});
