import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from "@prisma/driver-adapter-utils";
import { retryWhileBusy } from "./busy";
import { type SharedFile, SQLITE_WAIT_MS } from "./shared-file";
import { SqliteTransaction } from "./sqlite-transaction";

/**
 * A connection that many callers share: writes wait in the line of the file, a transaction holds the line from BEGIN to
 * its end, and a SELECT waits for nothing but a transaction.
 *
 * A connection is either inside a transaction or not, whoever issues the statement: without the line a lone write
 * would join the transaction that somebody else has open, and be rolled back with it.
 */
export class SqliteConnection implements SqlDriverAdapter {
  readonly provider = "sqlite";
  readonly adapterName: string;
  readonly #connection: SqlDriverAdapter;
  readonly #file: SharedFile;
  /** Resolves when the open transaction ends; null while none is open. */
  #transactionEnd: Promise<void> | null = null;

  constructor(connection: SqlDriverAdapter, file: SharedFile) {
    this.#connection = connection;
    this.#file = file;
    this.adapterName = connection.adapterName;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    const statement = () => this.#connection.queryRaw(query);
    return /^\s*SELECT\b/i.test(query.sql) ? this.#read(statement) : this.#file.write(statement);
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#file.write(() => this.#connection.executeRaw(query));
  }

  executeScript(script: string): Promise<void> {
    return this.#file.write(() => this.#connection.executeScript(script));
  }

  async startTransaction(level?: IsolationLevel): Promise<Transaction> {
    if (level !== undefined && level !== "SERIALIZABLE") {
      throw new DriverAdapterError({ kind: "InvalidIsolationLevel", level });
    }
    // IMMEDIATE: the lock is there from the start, so that no statement inside can find it taken.
    await this.#file.takeTurn(() => this.#connection.executeScript("BEGIN IMMEDIATE"));
    let end = () => {};
    this.#transactionEnd = new Promise((resolve) => {
      end = resolve;
    });
    return new SqliteTransaction(this.#connection, () => {
      this.#transactionEnd = null;
      end();
      this.#file.endTurn();
    });
  }

  dispose(): Promise<void> {
    return this.#connection.dispose();
  }

  #read<T>(statement: () => Promise<T>): Promise<T> {
    return retryWhileBusy(async () => {
      // Looked at again before every try: between seeing no transaction and reading there is no await.
      while (this.#transactionEnd !== null) await this.#transactionEnd;
      this.#file.requireInPlace();
      return statement();
    }, SQLITE_WAIT_MS);
  }
}
