import { afterAll, describe, expect, inject, test } from "vitest";
import type { Session, Store } from "@/lib/auth/store";
import { NOW, presenting, WINDOWS } from "@/lib/auth/testing/samples";
import { storedSession, storedUser } from "@/lib/auth/testing/stored";
import { openDatabase } from "./open";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";
import { migratedFile } from "./testing/sqlite";
import { indexedColumns, storageOf, updatesOf } from "./testing/storage";

const server = postgresAt(inject("postgresUrl"));
const file = await migratedFile();
afterAll(() => Promise.all([server.stop(), file.remove()]));

const URLS = {
  SQLite: async () => file.url,
  PostgreSQL: () => migratedDatabase(server),
};

const SESSIONS = 100;

/** Bytes. With a row for each refresh it would be a hundred times as much. */
const SOME_PAGES = 20 * 8192;

const openSessions = async (store: Store) => {
  const user = await storedUser(store);
  return Promise.all(Array.from({ length: SESSIONS }, () => storedSession(store, {}, user)));
};

/** Rotates all sessions at once, from this generation to the one after the last. */
async function rotate(store: Store, sessions: readonly Session[], first: number, last: number) {
  for (let generation = first; generation <= last; generation++) {
    const given = { generation, attemptHash: `attempt-${generation}`.padEnd(43) };
    const rotated = await Promise.all(
      sessions.map((session) => store.rotateSession(presenting(session, given), NOW, WINDOWS)),
    );
    for (const found of rotated) expect(found?.session.generation).toBe(generation + 1);
  }
}

describe.each(Object.entries(URLS))("on %s", (_, urlOf) => {
  test("no index holds what a refresh changes", async () => {
    const changeless = ["absolute_end_at", "id", "user_id"];
    expect(await indexedColumns(await urlOf(), "session")).toEqual(changeless);
  });

  test("5 000 refreshes of 100 sessions take no room but some pages, and none in the indexes", async () => {
    const url = await urlOf();
    const { store, close } = await openDatabase(url);
    const sessions = await openSessions(store);
    // the first refresh makes a row longer, by the attempt that it names
    await rotate(store, sessions, 0, 0);
    const before = await storageOf(url, "session");
    await rotate(store, sessions, 1, 50);
    const after = await storageOf(url, "session");
    await close();
    expect(after.indexes).toBe(before.indexes);
    expect(after.rows - before.rows).toBeLessThanOrEqual(SOME_PAGES);
  }, 240_000);
});

test("PostgreSQL writes what a refresh changes beside the row, and leaves the indexes alone", async () => {
  const url = await URLS.PostgreSQL();
  const { store, close } = await openDatabase(url);
  await rotate(store, await openSessions(store), 0, 9);
  await close();
  // counted when the connections have ended
  await expect.poll(async () => (await updatesOf(url, "session")).all).toBe(10 * SESSIONS);
  expect((await updatesOf(url, "session")).inPlace).toBeGreaterThan(8 * SESSIONS);
});
