import { settings } from "@/lib/config";
import { generate } from "@/prisma/generate";
import { migrate } from "@/prisma/migrate";
import { notice } from "./announce";
import { ensureBuilt } from "./build";

/** What a start does once, however many instances follow; in this order. */

/** Reads the settings, and tells what is odd about them. @throws SettingsError */
export function checkSettings(): void {
  for (const note of settings().notes) notice(note);
}

/**
 * Makes the code ready: database clients and, with `builds`, the application. Nothing where that is done already.
 * Aborting `stop` ends a build.
 *
 * @throws BuildError, or an AbortError
 */
export async function prepareCode(builds: boolean, stop: AbortSignal): Promise<void> {
  if (await generate()) notice("Generated the database clients.");
  if (builds) await ensureBuilt(process.cwd(), stop, () => notice("Building, this once ..."));
}

/** Applies the migrations that the database lacks. @throws Error when it cannot be reached, or refuses */
export async function migrateDatabase(): Promise<void> {
  for (const name of await migrate(settings().databaseUrl)) {
    notice(`Applied the migration ${name}.`);
  }
}
