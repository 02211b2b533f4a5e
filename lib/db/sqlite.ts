import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { SharedFile } from "./shared-file";
import { SqliteConnection } from "./sqlite-connection";

/**
 * Prisma's SQLite adapter, made safe for one connection that many callers share, and kept from blocking:
 * the stock one lets a lone write fall into somebody's open transaction, and waits for locks inside the event loop.
 *
 * @see DECISIONS.md "SQLite through a thin adapter"
 */
export class PatientSqlite extends PrismaBetterSqlite3 {
  readonly #file: SharedFile;

  /**
   * @param url `file:` and the path of a database, which is not created.
   * @param file the same, where other connections of this process share it.
   */
  constructor(url: string, file = new SharedFile(url)) {
    super({ url, timeout: 0, fileMustExist: true });
    this.#file = file;
  }

  override async connect(): Promise<SqlDriverAdapter> {
    const connection = await this.#file.open(() => super.connect());
    return new SqliteConnection(connection, this.#file);
  }
}
