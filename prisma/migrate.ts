import { parseArgs } from "node:util";
import { systemClock } from "@/lib/clock";
import { databaseUrl } from "@/lib/config";
import { isCommand } from "./command";
import { inPostgres } from "./in-postgres";
import { inSqlite } from "./in-sqlite";
import { readMigrations, writeMigration } from "./migration-files";
import { nextMigration } from "./next-migration";
import { PROVIDERS, providerOf } from "./providers";
import { NO_FILTERS, withSchemaEngine } from "./schema-engine";

/**
 * Applies the migrations that the database does not have yet, all or none; the names of those it applied.
 * Any number of processes may do this at once. The record in `_prisma_migrations` is that of `prisma migrate deploy`.
 *
 * @throws Error when the database cannot be reached, waits longer than 30 seconds for another process, or refuses.
 */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const provider = providerOf(databaseUrl);
  const migrationsList = await readMigrations(provider);
  const inDatabase = provider === "sqlite" ? inSqlite : inPostgres;
  return inDatabase(databaseUrl, (factory) =>
    withSchemaEngine(provider, factory, async (engine) => {
      const applied = await engine.applyMigrations({ migrationsList, filters: NO_FILTERS });
      return applied.appliedMigrationNames;
    }),
  );
}

/** Writes the next migration of each provider whose model is ahead; the paths. */
async function createMigrations(name: string): Promise<readonly string[]> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error("A name is of a-z, 0-9 and _.");
  const now = systemClock.now();
  const paths: string[] = [];
  for (const provider of PROVIDERS) {
    const script = await nextMigration(provider);
    if (script !== null) paths.push(await writeMigration(provider, name, script, now));
  }
  return paths;
}

/** @throws Error when the model is ahead of the migrations of a provider. */
async function checkMigrations(): Promise<void> {
  for (const provider of PROVIDERS) {
    const script = await nextMigration(provider);
    if (script === null) continue;
    throw new Error(`The model is ahead of the ${provider} migrations by:\n${script}`);
  }
}

async function main(): Promise<string> {
  const { values } = parseArgs({
    options: { create: { type: "string" }, check: { type: "boolean" } },
  });
  if (values.check) {
    await checkMigrations();
    return "The migrations and the model are level.";
  }
  const done = await (values.create === undefined
    ? migrate(databaseUrl())
    : createMigrations(values.create));
  return done.length === 0 ? "Nothing to do." : done.join("\n");
}

if (isCommand(import.meta.url)) {
  const said = await main();
  // Not left to end by itself: a timer of the schema engine would keep it for ten seconds.
  process.stdout.write(`${said}\n`, () => process.exit());
}
