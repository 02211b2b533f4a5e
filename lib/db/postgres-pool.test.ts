import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { isAuthError } from "@/lib/auth/errors";
import { openDatabase } from "./open";
import { PatientPool } from "./postgres-pool";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";

const server = postgresAt(inject("postgresUrl"));
let url: string;
/** A way in that is not the pool's. */
let aside: pg.Client;

beforeAll(async () => {
  url = await migratedDatabase(server);
  aside = new pg.Client({ connectionString: url });
  await aside.connect();
});

afterAll(async () => {
  await aside.end();
  await server.stop();
});

async function withPool(size: number, work: (pool: PatientPool) => Promise<void>) {
  const pool = new PatientPool(url, size);
  // one that the server ends while nobody uses it
  pool.on("error", () => {});
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}

const backendOf = async (client: Pick<pg.Pool, "query">) => {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid;
};
const times = <T>(count: number, ask: () => Promise<T>) => Array.from({ length: count }, ask);

test("a line that moves is waited in for longer than a dead server is, and no connection is made beyond the size", async () => {
  await withPool(2, async (pool) => {
    // 2.5 seconds of work
    const asked = times(100, () => pool.query("SELECT pg_backend_pid() AS pid, pg_sleep(0.05)"));
    const backends = (await Promise.all(asked)).map(({ rows }) => rows[0]?.pid);
    expect(backends).toHaveLength(100);
    expect(new Set(backends).size).toBe(2);
  });
});

test("a process that stood still for a while does not take its database for dead", async () => {
  await withPool(1, async (pool) => {
    await backendOf(pool);
    const asked = pool.query("SELECT pg_sleep(0.1)");
    // what is on its way is read after the timers that are due
    setTimeout(() => {
      const until = performance.now() + 2500;
      while (performance.now() < until);
    }, 10);
    await expect(asked).resolves.toMatchObject({ rowCount: 1 });
  });
});

test("a connection that comes back inside a transaction is not used again", async () => {
  await withPool(1, async (pool) => {
    const client = await pool.connect();
    const left = await backendOf(client);
    await client.query("BEGIN");
    client.release();
    expect(await backendOf(pool)).not.toBe(left);
    const next = await pool.connect();
    const kept = await backendOf(next);
    await next.query("BEGIN");
    await next.query("COMMIT");
    next.release();
    expect(await backendOf(pool)).toBe(kept);
  });
});

test("connections that the server ends are replaced, in use or not", async () => {
  await withPool(5, async (pool) => {
    await Promise.all(times(5, () => backendOf(pool)));
    const asked = Promise.allSettled(times(3, () => pool.query("SELECT pg_sleep(1)")));
    const end = `SELECT count(pg_terminate_backend(pid)) AS ended FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'latchkey'`;
    expect((await aside.query(end)).rows).toEqual([{ ended: "5" }]);
    for (const { status } of await asked) expect(status).toBe("rejected");
    // the pool has heard of them all by then
    await expect.poll(() => pool.totalCount).toBe(0);
    await expect(Promise.all(times(20, () => backendOf(pool)))).resolves.toHaveLength(20);
  });
});

test("a server that has no connections left is unavailable, and serves over those it gave", async () => {
  const role = `few_${randomUUID().slice(0, 8)}`;
  await aside.query(
    `CREATE ROLE ${role} LOGIN PASSWORD 'few' CONNECTION LIMIT 2 IN ROLE pg_read_all_data`,
  );
  const few = Object.assign(new URL(url), { username: role, password: "few" }).href;
  const { store, close } = await openDatabase(few, 5);
  const answers = await Promise.allSettled(times(30, () => store.ping()));
  const refusals = answers.filter(({ status }) => status === "rejected");
  expect(refusals.length).toBeGreaterThan(0);
  for (const answer of refusals as PromiseRejectedResult[]) {
    expect(isAuthError(answer.reason) && answer.reason.code).toBe("unavailable");
  }
  await store.ping();
  await close();
  await aside.query(`DROP ROLE ${role}`);
});

test("what the URL says of time-outs goes first, and transactions read what is committed", async () => {
  const own = new PatientPool(`${url}?statement_timeout=1234`, 1);
  const show = async (name: string) => (await own.query(`SHOW ${name}`)).rows[0]?.[name];
  expect(await show("statement_timeout")).toBe("1234ms");
  expect(await show("lock_timeout")).toBe("1s");
  expect(await show("default_transaction_isolation")).toBe("read committed");
  await own.end();
});
