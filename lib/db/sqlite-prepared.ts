import Database from "better-sqlite3";
import type { Statement, Values } from "./statement";

/** A statement of any names, with its values. */
export interface Ask {
  readonly statement: Statement<string>;
  readonly values: Values<string>;
}

export type Row = Readonly<Record<string, unknown>>;

interface Prepared {
  readonly query: Database.Statement<[Values<string>], readonly unknown[]>;
  readonly columns: readonly string[];
}

/** A connection past Prisma, which prepares each statement once. Nothing here waits: a lock that is taken is an error. */
export class SqlitePrepared {
  readonly #database: Database.Database;
  readonly #begin: Database.Statement;
  readonly #end: Database.Statement;
  readonly #undo: Database.Statement;
  /** By their text. */
  readonly #prepared = new Map<string, Prepared>();

  /** @throws SqliteError where there is no file that could be opened */
  constructor(path: string) {
    this.#database = new Database(path, { timeout: 0, fileMustExist: true });
    this.#begin = this.#database.prepare("BEGIN IMMEDIATE");
    this.#end = this.#database.prepare("COMMIT");
    this.#undo = this.#database.prepare("ROLLBACK");
  }

  rows({ statement, values }: Ask): readonly Row[] {
    const { query, columns } = this.#prepare(statement.text);
    return query.all(values).map((found) => named(columns, found));
  }

  /**
   * All of them in one transaction, with one wait for the disk. The lock is there from the start, so that no statement
   * inside can find it taken.
   *
   * @throws SqliteError; then none of them was done
   */
  commit(asks: readonly Ask[]): readonly (readonly Row[])[] {
    this.#begin.run();
    try {
      const answers = asks.map((ask) => this.rows(ask));
      this.#end.run();
      return answers;
    } catch (error) {
      // some failures end the transaction by themselves
      if (this.#database.inTransaction) this.#undo.run();
      throw error;
    }
  }

  async executeScript(script: string): Promise<void> {
    this.#database.exec(script);
  }

  async dispose(): Promise<void> {
    this.#database.close();
  }

  #prepare(text: string): Prepared {
    const known = this.#prepared.get(text);
    if (known !== undefined) return known;
    const query = this.#database.prepare<[Values<string>], readonly unknown[]>(text).raw();
    const prepared = { query, columns: query.columns().map(({ name }) => name) };
    this.#prepared.set(text, prepared);
    return prepared;
  }
}

/** The driver's own objects take as long to make as the row takes to find. */
function named(columns: readonly string[], values: readonly unknown[]): Row {
  const row: Record<string, unknown> = {};
  for (const [at, column] of columns.entries()) row[column] = values[at];
  return row;
}
