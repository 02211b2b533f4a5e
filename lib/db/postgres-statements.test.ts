import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { storedSession } from "@/lib/auth/testing/stored";
import { openDatabase } from "./open";
import { PatientPool } from "./postgres-pool";
import { PostgresStatements } from "./postgres-statements";
import { statement } from "./statement";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";
import { startProxy } from "./testing/proxy";

const server = postgresAt(inject("postgresUrl"));
const HOLDER = statement<"name">("SELECT holder FROM lease WHERE name = $name");
let url: string;
/** Of one connection, so that it is known who prepared what. */
let pool: PatientPool;

beforeAll(async () => {
  url = await migratedDatabase(server);
  await over(async (client) => {
    await client.query("INSERT INTO lease (name, holder, expires_at) VALUES ('a', 'b', 0)");
  });
});
beforeEach(() => {
  pool = new PatientPool(url, 1);
});
afterEach(() => pool.end());
afterAll(() => server.stop());

async function over(work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await work(client);
  await client.end();
}

/** The names under which the connection of the pool has statements prepared. */
const prepared = async () => {
  const { rows } = await pool.query<{ name: string }>("SELECT name FROM pg_prepared_statements");
  return rows.map(({ name }) => name);
};
const holder = (statements: PostgresStatements) => statements.read(HOLDER, { name: "a" });

test("a connection prepares a statement once, under a name that tells its text", async () => {
  const [first, second] = [new PostgresStatements(pool), new PostgresStatements(pool)];
  for (const statements of [first, second, first]) {
    expect(await holder(statements)).toEqual([{ holder: "b" }]);
  }
  expect(await prepared()).toEqual([expect.stringMatching(/^latchkey_[0-9a-f]{16}$/)]);
  await first.read(statement<"name">("SELECT name FROM lease WHERE name = $name"), { name: "a" });
  expect(await prepared()).toHaveLength(2);
});

/** What a pooler does that lends its connections from one statement to the next, and a migration. */
const LOSSES: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
  "another connection, which does not know them": () => pool.query("DEALLOCATE ALL"),
  "a connection on which somebody else has prepared them": async (name) => {
    await pool.query("SELECT pg_terminate_backend(pg_backend_pid())").catch(() => {});
    await pool.query(`PREPARE "${name}" AS SELECT 1`);
  },
  "a column of another type": () =>
    pool.query("ALTER TABLE lease ALTER COLUMN holder TYPE VARCHAR(100)"),
};

test.each(Object.entries(LOSSES))(
  "names that %s makes useless are left out from then on",
  async (_, lose) => {
    const statements = new PostgresStatements(pool);
    await holder(statements);
    const [name = ""] = await prepared();
    await lose(name);
    for (let times = 0; times < 3; times++) {
      expect(await holder(statements)).toEqual([{ holder: "b" }]);
    }
    expect(await prepared()).not.toContain(name);
  },
);

test("a connection that breaks while nobody uses it ends nothing, before Prisma was asked anything", async () => {
  const seeded = await openDatabase(url);
  const { id } = await storedSession(seeded.store);
  await seeded.close();
  const proxy = await startProxy(url);
  const { store, close } = await openDatabase(proxy.url);
  expect((await store.findSession(id))?.session.id).toBe(id);
  proxy.reset();
  await expect.poll(() => store.findSession(id).catch(() => null)).not.toBeNull();
  await close();
  await proxy.close();
});
