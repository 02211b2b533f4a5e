import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { retryWhileBusy } from "@/lib/db/busy";
import { pathOf } from "@/lib/db/sqlite-file";
import { lend } from "./lend";

/** How long to wait for another process that migrates the same file. Milliseconds. */
const WAIT_MS = 30_000;

/**
 * Does `work` in one transaction on a SQLite file, which is made for its owner alone, with its directory, if it is
 * missing.
 * SQLite's write lock is what keeps two processes apart: the second waits, and then finds the work done.
 *
 * Foreign keys are off throughout, because rebuilding a table would otherwise cascade into the rows of its children,
 * and a transaction can no longer turn them off; they are checked at the end instead.
 *
 * @throws Error when foreign keys do not hold afterwards. Whatever is thrown, nothing was changed.
 */
export async function inSqlite<T>(
  url: string,
  work: (factory: SqlMigrationAwareDriverAdapterFactory) => Promise<T>,
): Promise<T> {
  const path = pathOf(url);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // the driver would make it readable for everybody; SQLite gives the files beside it the same mode
  await (await open(path, "a", 0o600)).close();
  const connection = await new PrismaBetterSqlite3({ url, timeout: 0 }).connect();
  const patiently = (script: string) =>
    retryWhileBusy(() => connection.executeScript(script), WAIT_MS);
  try {
    await patiently("PRAGMA journal_mode = WAL");
    await connection.executeScript("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF");
    await patiently("BEGIN IMMEDIATE");
    const result = await work(lend(connection, (script) => connection.executeScript(script)));
    const { rows } = await connection.queryRaw({
      sql: "PRAGMA foreign_key_check",
      args: [],
      argTypes: [],
    });
    if (rows.length > 0) throw new Error(`${rows.length} rows refer to rows that do not exist.`);
    await connection.executeScript("COMMIT");
    return result;
  } finally {
    // Closing undoes what is not committed.
    await connection.dispose();
  }
}
