import { existsSync } from "node:fs";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import { pathOf } from "@/lib/db/sqlite-file";
import { readMigrations } from "./migration-files";
import { providerOf } from "./providers";

/** How the migrations of a database and those of this version compare. */
export interface MigrationState {
  /** What the database lacks, oldest first. */
  readonly pending: readonly string[];
  /** What it has and this version does not know: a newer version was here. */
  readonly ahead: readonly string[];
}

/** Milliseconds. */
const CONNECT_TIMEOUT_MS = 5000;

/** Reads what is recorded in `_prisma_migrations`, and changes nothing. @throws what the driver throws */
export async function migrationState(databaseUrl: string): Promise<MigrationState> {
  const provider = providerOf(databaseUrl);
  const { migrationDirectories } = await readMigrations(provider);
  const known = migrationDirectories.map(({ path }) => path);
  const applied = await appliedMigrations(databaseUrl);
  return {
    pending: known.filter((name) => !applied.includes(name)),
    ahead: applied.filter((name) => !known.includes(name)),
  };
}

async function appliedMigrations(databaseUrl: string): Promise<readonly string[]> {
  const isFile = providerOf(databaseUrl) === "sqlite";
  // opening it would make it
  if (isFile && !existsSync(pathOf(databaseUrl))) return [];
  const connection = await (isFile
    ? new PrismaBetterSqlite3({ url: databaseUrl }).connect()
    : new PrismaPg({
        connectionString: databaseUrl,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      }).connect());
  const ask = async (sql: string) =>
    (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
  try {
    const tables = await ask(
      isFile
        ? "SELECT name FROM sqlite_master WHERE name = '_prisma_migrations'"
        : "SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL",
    );
    if (tables.length === 0) return [];
    const rows = await ask(
      "SELECT migration_name FROM _prisma_migrations " +
        "WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name",
    );
    return rows.map(([name]) => String(name));
  } finally {
    await connection.dispose();
  }
}
