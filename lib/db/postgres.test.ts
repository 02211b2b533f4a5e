import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { aSession, NOW, presenting, WINDOWS } from "@/lib/auth/testing/samples";
import { storedSession, storedUser } from "@/lib/auth/testing/stored";
import { systemClock } from "@/lib/clock";
import { type Database, openDatabase } from "./open";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";
import { startProxy } from "./testing/proxy";

const server = postgresAt(inject("postgresUrl"));
let url: string;

beforeAll(async () => {
  url = await migratedDatabase(server);
});

afterAll(() => server.stop());

/** How long it took to be told that the database is away, in milliseconds. */
async function millisecondsUntilUnavailable(ask: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
  return performance.now() - startedAt;
}

/** Twice what our limits add up to: a busy machine is late. Without them it would be for ever. */
const ENOUGH_MS = 4000;

async function withDatabase(at: string, work: (database: Database) => Promise<void>) {
  const database = await openDatabase(at);
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

test("a server that is not there is told at once", async () => {
  await withDatabase("postgresql://a:b@127.0.0.1:1/none", async ({ store }) => {
    expect(await millisecondsUntilUnavailable(() => store.ping())).toBeLessThan(ENOUGH_MS);
  });
});

test("a database that does not exist, or a password that is wrong, is told as unavailable", async () => {
  const elsewhere = new URL(url);
  elsewhere.pathname = "/none";
  const asSomebodyElse = new URL(url);
  asSomebodyElse.password = "wrong";
  for (const { href } of [elsewhere, asSomebodyElse]) {
    await withDatabase(href, async ({ store }) => {
      await millisecondsUntilUnavailable(() => store.ping());
    });
  }
});

test("a server that falls silent is told within two seconds, and works again by itself", async () => {
  const proxy = await startProxy(url);
  await withDatabase(proxy.url, async ({ store }) => {
    const user = await storedUser(store);
    const { id } = await storedSession(store, {}, user);
    const ask = () => store.findSession(id);
    const login = () => store.openSession(aSession(user), user.passwordHash, 5);
    proxy.freeze();
    // More at once than the pool has connections.
    const asked = [login, ...Array.from({ length: 25 }, () => ask)];
    const waits = await Promise.all(asked.map(millisecondsUntilUnavailable));
    expect(Math.max(...waits)).toBeLessThan(ENOUGH_MS);
    expect(await millisecondsUntilUnavailable(login)).toBeLessThan(ENOUGH_MS);
    proxy.reset();
    expect((await ask())?.session.id).toBe(id);
  });
  await proxy.close();
});

test("connections that broke are replaced", async () => {
  const proxy = await startProxy(url);
  await withDatabase(proxy.url, async ({ store }) => {
    const { id } = await storedSession(store);
    await Promise.all(Array.from({ length: 10 }, () => store.ping()));
    proxy.reset();
    await pause(50);
    expect((await store.findSession(id))?.session.id).toBe(id);
  });
  await proxy.close();
});

test("a row that somebody has locked makes its rotation unavailable, and nothing else", async () => {
  const aside = new pg.Client({ connectionString: url });
  await aside.connect();
  await withDatabase(url, async ({ store }) => {
    const session = await storedSession(store);
    const rotate = () => store.rotateSession(presenting(session), NOW, WINDOWS);
    await aside.query("BEGIN");
    await aside.query("SELECT 1 FROM session WHERE id = $1 FOR UPDATE", [session.id]);
    const refused = millisecondsUntilUnavailable(rotate);
    expect((await store.findSession(session.id))?.session.generation).toBe(0);
    expect(await refused).toBeLessThan(ENOUGH_MS);
    await aside.query("ROLLBACK");
    expect((await rotate())?.session.generation).toBe(1);
  });
  await aside.end();
});

test("the database's own time can be read", async () => {
  await withDatabase(url, async ({ readTime }) => {
    const time = await readTime?.();
    expect(Number.isInteger(time)).toBe(true);
    expect(Math.abs((time ?? 0) - systemClock.now())).toBeLessThan(3_600_000);
  });
});

test("a login waits for a change of the password that is under way, and then is refused", async () => {
  const aside = new pg.Client({ connectionString: url });
  await aside.connect();
  await withDatabase(url, async ({ store }) => {
    const user = await storedUser(store);
    await aside.query("BEGIN");
    await aside.query('UPDATE "user" SET password_hash = $1 WHERE id = $2', ["new", user.id]);
    const opened = store.openSession(aSession(user), user.passwordHash, 5);
    await pause(100);
    await aside.query("COMMIT");
    expect(await opened).toBeNull();
    expect(await store.listSessions(user.id, NOW)).toEqual([]);
  });
  await aside.end();
});
