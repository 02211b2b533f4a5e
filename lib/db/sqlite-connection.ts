import {
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from "@prisma/driver-adapter-utils";
import { busyError, retryWhileBusy } from "./busy";
import { Line } from "./line";
import { SqliteTransaction } from "./sqlite-transaction";

/** How long a statement waits for the lock of another process, or in a line that does not move. Milliseconds. */
export const SQLITE_WAIT_MS = 2500;

/**
 * A connection that many callers share: writes wait in one line, a transaction holds the line from BEGIN to its end,
 * and a SELECT waits for nothing but a transaction. No waiting blocks the event loop.
 *
 * A connection is either inside a transaction or not, whoever issues the statement: without the line a lone write
 * would join the transaction that somebody else has open, and be rolled back with it.
 */
export class SqliteConnection implements SqlDriverAdapter {
  readonly provider = "sqlite";
  readonly adapterName: string;
  readonly #connection: SqlDriverAdapter;
  readonly #requireFile: () => void;
  readonly #line = new Line(1, busyError);
  /** Resolves when the open transaction ends; null while none is open. */
  #transactionEnd: Promise<void> | null = null;

  /** @param requireFile called before each statement outside a transaction; what it throws refuses the statement. */
  constructor(connection: SqlDriverAdapter, requireFile: () => void) {
    this.#connection = connection;
    this.#requireFile = requireFile;
    this.adapterName = connection.adapterName;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    const statement = () => this.#connection.queryRaw(query);
    return /^\s*SELECT\b/i.test(query.sql) ? this.#read(statement) : this.#write(statement);
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#write(() => this.#connection.executeRaw(query));
  }

  executeScript(script: string): Promise<void> {
    return this.#write(() => this.#connection.executeScript(script));
  }

  async startTransaction(level?: IsolationLevel): Promise<Transaction> {
    if (level !== undefined && level !== "SERIALIZABLE") {
      throw new DriverAdapterError({ kind: "InvalidIsolationLevel", level });
    }
    // IMMEDIATE: the lock is there from the start, so that no statement inside can find it taken.
    await this.#takeTurn(() => this.#connection.executeScript("BEGIN IMMEDIATE"));
    let end = () => {};
    this.#transactionEnd = new Promise((resolve) => {
      end = resolve;
    });
    return new SqliteTransaction(this.#connection, () => {
      this.#transactionEnd = null;
      end();
      this.#line.leave(true);
    });
  }

  dispose(): Promise<void> {
    return this.#connection.dispose();
  }

  #read<T>(statement: () => Promise<T>): Promise<T> {
    return retryWhileBusy(async () => {
      // Looked at again before every try: between seeing no transaction and reading there is no await.
      while (this.#transactionEnd !== null) await this.#transactionEnd;
      this.#requireFile();
      return statement();
    }, SQLITE_WAIT_MS);
  }

  async #write<T>(statement: () => Promise<T>): Promise<T> {
    const result = await this.#takeTurn(statement);
    this.#line.leave(true);
    return result;
  }

  /** Waits in the line, then runs the statement. The turn is kept, unless this throws. */
  async #takeTurn<T>(statement: () => Promise<T>): Promise<T> {
    const leftMs = await this.#line.enter(SQLITE_WAIT_MS);
    try {
      this.#requireFile();
      return await retryWhileBusy(statement, leftMs);
    } catch (error) {
      this.#line.leave(false);
      throw error;
    }
  }
}
