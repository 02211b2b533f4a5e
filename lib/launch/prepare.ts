import { settings } from "@/lib/config";
import { applyMigrations } from "@/lib/launch/apply-migrations";
import { notice } from "./announce";

/** What a start does once, however many instances follow: the settings first, then the database. */

/** Reads the settings, and tells what is odd about them. @throws SettingsError */
export function checkSettings(): void {
  for (const note of settings().notes) notice(note);
}

/** Applies the migrations that the database lacks. @throws Error when it cannot be reached, or refuses */
export async function migrateDatabase(): Promise<void> {
  for (const name of await applyMigrations(settings().databaseUrl)) {
    notice(`Applied the migration ${name}.`);
  }
}
