import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { storedSession } from "@/lib/auth/testing/stored";
import { openDatabase } from "@/lib/db/open";
import { postgresAt } from "@/lib/db/testing/postgres";
import { inPostgres } from "./in-postgres";
import { inSqlite } from "./in-sqlite";
import { migrate } from "./migrate";
import { readMigrations } from "./migration-files";
import { nextMigration } from "./next-migration";
import { PROVIDERS, type Provider, providerOf } from "./providers";

const server = postgresAt(inject("postgresUrl"));
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "latchkey-migrate-"));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
  await server.stop();
});

/** An empty database, whose directory does not exist yet. */
async function emptyDatabase(provider: Provider): Promise<string> {
  if (provider === "postgresql") return server.createDatabase();
  return `file:${join(directory, crypto.randomUUID(), "test.db")}`;
}

/** `npm run migrate` in a process of its own; what it says. */
async function migrateApart(databaseUrl: string): Promise<string> {
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--import", "tsx", "prisma/migrate.ts"], { env });
  return stdout;
}

async function namesOf(provider: Provider): Promise<string[]> {
  const { migrationDirectories } = await readMigrations(provider);
  return migrationDirectories.map(({ path }) => path);
}

test.each(PROVIDERS)(
  "%s: an empty database gets every migration, and the next time none",
  async (provider) => {
    const url = await emptyDatabase(provider);
    expect(await migrate(url)).toEqual(await namesOf(provider));
    expect(await migrate(url)).toEqual([]);
    const { store, close } = await openDatabase(url);
    await store.ping();
    await close();
  },
);

test.each(PROVIDERS)(
  "%s: two processes that start at once on an empty database both serve",
  async (provider) => {
    const url = await emptyDatabase(provider);
    const said = await Promise.all([migrateApart(url), migrateApart(url)]);
    const done = (await namesOf(provider)).join("\n");
    expect(said.sort()).toEqual([`${done}\n`, "Nothing to do.\n"].sort());
  },
);

test.each(PROVIDERS)("%s: the migrations are level with the model", async (provider) => {
  expect(await nextMigration(provider)).toBeNull();
});

test("several calls in one process are as good as several processes", async () => {
  const url = await emptyDatabase("sqlite");
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  expect(applied.flat()).toEqual(await namesOf("sqlite"));
});

test.skipIf(process.platform === "win32")(
  "a SQLite file and its directory are made for their owner alone",
  async () => {
    const url = await emptyDatabase("sqlite");
    await migrate(url);
    const path = url.slice("file:".length);
    const modes = await Promise.all([join(path, ".."), path].map((each) => stat(each)));
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600]);
  },
);

test("rebuilding the table of users in SQLite leaves their sessions alone", async () => {
  const url = await emptyDatabase("sqlite");
  await migrate(url);
  const { store, close } = await openDatabase(url);
  const session = await storedSession(store);
  await inSqlite(url, async (factory) => {
    const connection = await factory.connect();
    await connection.executeScript(`
      CREATE TABLE new_user AS SELECT * FROM "user";
      DROP TABLE "user";
      ALTER TABLE new_user RENAME TO "user"`);
    await connection.executeScript('CREATE UNIQUE INDEX user_id_key ON "user"(id)');
  });
  expect((await store.findSession(session.id))?.session).toEqual(session);
  await close();
});

test("a migration that fails leaves nothing behind", async () => {
  const url = await emptyDatabase("sqlite");
  const failing = inSqlite(url, async (factory) => {
    await (await factory.connect()).executeScript("CREATE TABLE half (id TEXT)");
    throw new Error("in the middle");
  });
  await expect(failing).rejects.toThrow("in the middle");
  expect(await migrate(url)).toEqual(await namesOf("sqlite"));
});

test("on PostgreSQL a migration may take longer than a request of the server", async () => {
  const url = `${await emptyDatabase("postgresql")}?statement_timeout=50`;
  const working = inPostgres(url, async (factory) => {
    await (await factory.connect()).executeScript("SELECT pg_sleep(0.2)");
    return "done";
  });
  await expect(working).resolves.toBe("done");
});

test("the PostgreSQL record of migrations is the one that Prisma keeps", async () => {
  const url = await emptyDatabase("postgresql");
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "SELECT migration_name, finished_at IS NOT NULL AS finished FROM _prisma_migrations",
  );
  await client.end();
  const names = await namesOf("postgresql");
  expect(rows).toEqual(names.map((migration_name) => ({ migration_name, finished: true })));
});

test("a DATABASE_URL of any other kind is refused", () => {
  expect(() => providerOf("mysql://localhost/latchkey")).toThrow("DATABASE_URL");
});
