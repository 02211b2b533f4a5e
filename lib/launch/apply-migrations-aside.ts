import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { applyMigrations as applyHere } from "./apply-migrations";
import { PROGRAMS } from "./built.mjs";
import type { Migrated } from "./migration-thread";

/**
 * Applies migrations in a thread that ends with them: the engine is needed once, and took some 30 MB of a server for as
 * long as it lived.
 */
export const applyMigrations: typeof applyHere = async (databaseUrl) => {
  const thread = new Worker(join(process.cwd(), PROGRAMS, "migrate.mjs"), {
    workerData: databaseUrl,
  });
  const [migrated]: [Migrated] = (await once(thread, "message")) as [Migrated];
  await thread.terminate();
  if ("applied" in migrated) return migrated.applied;
  const { message, ...facts } = migrated.failure;
  throw Object.assign(new Error(message), facts);
};
