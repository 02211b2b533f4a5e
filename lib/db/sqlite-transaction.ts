import type {
  SqlDriverAdapter,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from "@prisma/driver-adapter-utils";

/**
 * A transaction that is open on `connection`. Prisma sends COMMIT or ROLLBACK as a statement first, then calls
 * `commit` or `rollback` here to have the connection back.
 */
export class SqliteTransaction implements Transaction {
  readonly provider = "sqlite";
  readonly adapterName: string;
  readonly options = { usePhantomQuery: false };
  readonly #connection: SqlDriverAdapter;
  readonly #giveBack: () => void;

  /** @param giveBack called once the connection is outside the transaction again. */
  constructor(connection: SqlDriverAdapter, giveBack: () => void) {
    this.#connection = connection;
    this.#giveBack = giveBack;
    this.adapterName = connection.adapterName;
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return this.#connection.queryRaw(query);
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return this.#connection.executeRaw(query);
  }

  async commit(): Promise<void> {
    this.#giveBack();
  }

  /** Also called after a COMMIT that failed, which SQLite may leave open: whatever is still open is undone here. */
  async rollback(): Promise<void> {
    try {
      await this.#connection.executeScript("ROLLBACK");
    } catch {
      // The usual case: no transaction is open any more.
    }
    this.#giveBack();
  }
}
