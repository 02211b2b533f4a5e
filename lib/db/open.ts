import { PrismaPg } from "@prisma/adapter-pg";
import type { Store } from "@/lib/auth/store";
import type { Instant } from "@/lib/clock";
import { type Client, Prisma } from "./client";
import { PatientPool } from "./postgres-pool";
import { PostgresStatements } from "./postgres-statements";
import { prismaStore } from "./prisma-store";
import { SharedFile } from "./shared-file";
import { PatientSqlite } from "./sqlite";
import { SqliteStatements } from "./sqlite-statements";
import { answered } from "./unavailable";

/** An open database, to be closed by who opened it. */
export interface Database {
  readonly store: Store;
  /** The database's own time, or null where the process's clock is the clock (SQLite). */
  readonly readTime: (() => Promise<Instant>) | null;
  close(): Promise<void>;
}

/**
 * The longest a transaction may wait to begin, and last, in milliseconds: more than the adapters' own limits, so that
 * a database that is away is told as such. Only in SQLite it lasts for less than others wait for it, so that a call on
 * the client inside a transaction fails with P2028 and not as a busy database.
 */
const SQLITE_TRANSACTION = { maxWait: 3000, timeout: 2000 };
const POSTGRES_TRANSACTION = { maxWait: 4000, timeout: 6000 };

/** Connections of one process. Every call is one short statement: more would only wait on the server's disk. */
const POOL_SIZE = 10;

/** No values in messages: a hash must not get into a log. */
const ERROR_FORMAT = "minimal";

/**
 * Opens the database of a `DATABASE_URL`: `file:<path>` is SQLite, `postgresql:` and `postgres:` are PostgreSQL.
 * Connects when first asked something, so a database that is away now may come later.
 * Does NOT create or migrate anything, see prisma/migrate.ts.
 *
 * @param poolSize how many connections to PostgreSQL at most; SQLite has one.
 */
export async function openDatabase(url: string, poolSize = POOL_SIZE): Promise<Database> {
  return url.startsWith("file:") ? openSqlite(url) : openPostgres(url, poolSize);
}

async function openSqlite(url: string): Promise<Database> {
  const { PrismaClient } = await import("./generated/sqlite/client");
  const file = new SharedFile(url);
  const statements = new SqliteStatements(file);
  const client = new PrismaClient({
    adapter: new PatientSqlite(url, file),
    transactionOptions: SQLITE_TRANSACTION,
    errorFormat: ERROR_FORMAT,
  });
  return {
    store: prismaStore(client, Prisma.empty, statements),
    readTime: null,
    async close() {
      await Promise.all([client.$disconnect(), statements.close()]);
    },
  };
}

async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const { PrismaClient } = await import("./generated/postgresql/client");
  const pool = new PatientPool(url, poolSize);
  // A connection that breaks while nobody uses it is replaced; without a listener it would end the process.
  pool.on("error", () => {});
  // The two clients differ only in what their types allow beyond the store's needs, see client.ts.
  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: POSTGRES_TRANSACTION,
    errorFormat: ERROR_FORMAT,
  }) as unknown as Client;
  return {
    store: prismaStore(client, Prisma.sql`FOR NO KEY UPDATE`, new PostgresStatements(pool)),
    readTime: () => answered(() => databaseTime(client)),
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

/** Milliseconds with fractions cut off, as everywhere in the store. */
async function databaseTime(client: Client): Promise<Instant> {
  const [row] = await client.$queryRaw<{ readonly now: bigint }[]>(
    Prisma.sql`SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT) AS now`,
  );
  return Number(row?.now);
}
