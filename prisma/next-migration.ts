import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { inPostgres } from "./in-postgres";
import { lend } from "./lend";
import { readMigrations } from "./migration-files";
import { type Provider, schemaFor } from "./providers";
import { NO_FILTERS, withSchemaEngine } from "./schema-engine";

/**
 * The script that leads from the migrations of a provider to the model, or null when they are level.
 * Replays the migrations in an empty database of its own, for PostgreSQL on a server that is started for it or that
 * `TEST_POSTGRES_URL` names. For developers and CI: needs the development packages.
 */
export async function nextMigration(provider: Provider): Promise<string | null> {
  return provider === "sqlite" ? nextSqliteMigration() : nextPostgresMigration();
}

async function nextSqliteMigration(): Promise<string | null> {
  const connection = await new PrismaBetterSqlite3({ url: ":memory:" }).connect();
  try {
    return await diff(
      "sqlite",
      lend(connection, (script) => connection.executeScript(script)),
    );
  } finally {
    await connection.dispose();
  }
}

async function nextPostgresMigration(): Promise<string | null> {
  const { startPostgres } = await import("@/lib/db/testing/postgres");
  const server = await startPostgres();
  try {
    const url = await server.createDatabase();
    return await inPostgres(url, (factory) => diff("postgresql", factory));
  } finally {
    await server.stop();
  }
}

async function diff(
  provider: Provider,
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<string | null> {
  const migrations = await readMigrations(provider);
  const model = { path: "schema.prisma", content: await schemaFor(provider) };
  return withSchemaEngine(provider, factory, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...migrations },
      to: { tag: "schemaDatamodel", files: [model] },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    });
    return exitCode === 0 ? null : stdout;
  });
}
