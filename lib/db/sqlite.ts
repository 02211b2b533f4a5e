import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { DriverAdapterError, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { retryWhileBusy } from "./busy";
import { SQLITE_WAIT_MS, SqliteConnection } from "./sqlite-connection";
import { fileAt, pathOf } from "./sqlite-file";

/**
 * A commit is on the disk before it is answered, and a reader never waits for a writer. Pages of the log go into the
 * file 250 at a time: the event loop waits for it, for a quarter of a second with SQLite's 1000 in a large file.
 */
const PRAGMAS = [
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "wal_autocheckpoint = 250",
];

/**
 * Prisma's SQLite adapter, made safe for one connection that many callers share, and kept from blocking:
 * the stock one lets a lone write fall into somebody's open transaction, and waits for locks inside the event loop.
 *
 * While its file is away or another is in its place, every statement is refused: SQLite would go on writing what
 * nobody ever finds again. It works on when the same file is back; to restore a backup, stop the process first.
 *
 * @see DECISIONS.md "SQLite through a thin adapter"
 */
export class PatientSqlite extends PrismaBetterSqlite3 {
  readonly #path: string;

  /** @param url `file:` and the path of a database, which is not created. */
  constructor(url: string) {
    super({ url, timeout: 0, fileMustExist: true });
    this.#path = pathOf(url);
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const file = fileAt(this.#path);
    const requireFile = () => {
      if (file === null || fileAt(this.#path) !== file) throw fileIsAway();
    };
    requireFile();
    const connection = await super.connect();
    try {
      for (const pragma of PRAGMAS) {
        await retryWhileBusy(() => connection.executeScript(`PRAGMA ${pragma}`), SQLITE_WAIT_MS);
      }
    } catch (error) {
      await connection.dispose();
      throw error;
    }
    return new SqliteConnection(connection, requireFile);
  }
}

function fileIsAway(): DriverAdapterError {
  return new DriverAdapterError({
    kind: "sqlite",
    extendedCode: 14,
    message: "the database file is not in its place",
    originalCode: "SQLITE_CANTOPEN",
  });
}
