import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { type Instant, isoTime } from "@/lib/clock";
import type { Provider } from "./providers";

const LOCK_FILE = "migration_lock.toml";
const SCRIPT = "migration.sql";

/** Where the migrations of a provider are, in the form of the Prisma CLI: `<timestamp>_<name>/migration.sql`. */
function migrationsDirectory(provider: Provider): string {
  return fileURLToPath(new URL(`migrations/${provider}`, import.meta.url));
}

/** All migrations of a provider, oldest first. */
export async function readMigrations(provider: Provider): Promise<MigrationList> {
  const baseDir = migrationsDirectory(provider);
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return {
    baseDir,
    lockfile: { path: LOCK_FILE, content: await readFile(join(baseDir, LOCK_FILE), "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => {
        const value = await readFile(join(baseDir, name, SCRIPT), "utf8");
        return { path: name, migrationFile: { path: SCRIPT, content: { tag: "ok", value } } };
      }),
    ),
  };
}

/** Writes a migration; its path. */
export async function writeMigration(
  provider: Provider,
  name: string,
  script: string,
  now: Instant,
): Promise<string> {
  const timestamp = isoTime(now).replace(/\D/g, "").slice(0, 14);
  const directory = join(migrationsDirectory(provider), `${timestamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, SCRIPT), script);
  return join(directory, SCRIPT);
}
