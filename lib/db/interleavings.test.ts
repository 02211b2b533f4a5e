import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Stage } from "@/lib/auth/testing/deed";
import { playInterleaving } from "@/lib/auth/testing/interleaving";
import { atOnce, inTurn, PROCESSES } from "@/lib/auth/testing/interleaving-steps";
import { migrate } from "@/prisma/migrate";
import { type Database, openDatabase } from "./open";
import { openAside } from "./testing/aside";
import { type Instance, startInstance } from "./testing/instance";
import { postgresAt } from "./testing/postgres";
import { migratedFile } from "./testing/sqlite";

/** So many users at a time: the processes are kept busy, and strangers stay strangers. */
const USERS = 10;
/** How many users' interleavings on each database, half of them of either kind, for a longer look. */
const GIVEN = process.env.INTERLEAVINGS;

interface Ground {
  readonly url: string;
  setDisabled: Stage["setDisabled"];
  remove(): Promise<void>;
}

async function sqliteGround(): Promise<Ground> {
  const { url, remove } = await migratedFile();
  const aside = openAside(url);
  return {
    url,
    async setDisabled(id, disabled) {
      await aside.user.update({ where: { id }, data: { disabled } });
    },
    async remove() {
      await aside.$disconnect();
      await remove();
    },
  };
}

async function postgresGround(): Promise<Ground> {
  const server = postgresAt(inject("postgresUrl"));
  const url = await server.createDatabase();
  await migrate(url);
  const aside = new pg.Pool({ connectionString: url });
  return {
    url,
    async setDisabled(id, disabled) {
      await aside.query('UPDATE "user" SET disabled = $2 WHERE id = $1', [id, disabled]);
    },
    async remove() {
      await aside.end();
      await server.stop();
    },
  };
}

describe.each([
  ["SQLite", sqliteGround, 1500],
  ["PostgreSQL", postgresGround, 500],
] as const)("three processes over %s", (_, prepare, usual) => {
  const interleavings = Number(GIVEN ?? usual);
  let ground: Ground;
  let database: Database;
  let instances: readonly Instance[];

  beforeAll(async () => {
    ground = await prepare();
    database = await openDatabase(ground.url);
    instances = await Promise.all(
      Array.from({ length: PROCESSES }, () => startInstance(ground.url)),
    );
  }, 120_000);

  afterAll(async () => {
    for (const instance of instances) await instance.kill();
    await database.close();
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
      const stage: Stage = { perform, setDisabled: ground.setDisabled };
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
