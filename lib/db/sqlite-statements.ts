import { retryWhileBusy } from "./busy";
import { GroupCommit } from "./group-commit";
import { type SharedFile, SQLITE_WAIT_MS } from "./shared-file";
import { type Row as AnyRow, type Ask, SqlitePrepared } from "./sqlite-prepared";
import type { Statement, Statements, Values } from "./statement";

interface Open {
  readonly connection: SqlitePrepared;
  readonly writes: GroupCommit<Ask, readonly AnyRow[]>;
}

/**
 * `Statements` over a second connection to the file, beside Prisma's: a reader sees what is committed and so waits for
 * no transaction; writes wait in the one line of the file and are committed in groups. Connects when first asked.
 *
 * @see DECISIONS.md "Two statements go past Prisma", "Refreshes are committed in groups"
 */
export class SqliteStatements implements Statements {
  readonly #file: SharedFile;
  #opening: Promise<Open> | null = null;

  constructor(file: SharedFile) {
    this.#file = file;
  }

  read<Row, Name extends string>(statement: Statement<Name>, values: Values<Name>) {
    return retryWhileBusy(async () => {
      const { connection } = await this.#open();
      this.#file.requireInPlace();
      return connection.rows({ statement, values }) as readonly Row[];
    }, SQLITE_WAIT_MS);
  }

  async write<Row, Name extends string>(statement: Statement<Name>, values: Values<Name>) {
    const { writes } = await this.#open();
    return writes.add({ statement, values }) as Promise<readonly Row[]>;
  }

  /** What is asked afterwards connects again. */
  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = null;
    // there is nothing to close where nothing could be opened
    const open = await opening?.catch(() => null);
    await open?.connection.dispose();
  }

  #open(): Promise<Open> {
    this.#opening ??= this.#connect().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #connect(): Promise<Open> {
    const connection = await this.#file.open(async () => new SqlitePrepared(this.#file.path));
    const commit = (asks: readonly Ask[]) => connection.commit(asks);
    return { connection, writes: new GroupCommit(this.#file, commit) };
  }
}
