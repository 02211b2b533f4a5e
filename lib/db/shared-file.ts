import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { busyError, retryWhileBusy } from "./busy";
import { Line } from "./line";
import { fileAt, pathOf } from "./sqlite-file";

/** How long a statement waits for the lock of another process, or in a line that does not move. Milliseconds. */
export const SQLITE_WAIT_MS = 2500;

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

interface Connection {
  executeScript(script: string): Promise<void>;
  dispose(): Promise<void>;
}

/**
 * One SQLite file and what the connections of a process to it share: their writes wait in one line, so that none finds
 * the lock taken by another of them. No waiting blocks the event loop.
 *
 * While the file is away or another is in its place, every statement is refused: SQLite would go on writing what
 * nobody ever finds again. It works on when the same file is back; to restore a backup, stop the process first.
 */
export class SharedFile {
  readonly path: string;
  readonly #line = new Line(1, busyError);
  /** Of the file to which there is a connection; null: there is none yet. */
  #identity: string | null = null;

  /** @param url `file:` and the path of a database, which is not created. */
  constructor(url: string) {
    this.path = pathOf(url);
  }

  /** Makes one more connection, which waits for nothing by itself. @throws what tells that the file is not there */
  async open<T extends Connection>(connect: () => Promise<T>): Promise<T> {
    const identity = fileAt(this.path);
    if (identity === null || (this.#identity ?? identity) !== identity) throw fileIsAway();
    const connection = await connect();
    try {
      for (const pragma of PRAGMAS) {
        await retryWhileBusy(() => connection.executeScript(`PRAGMA ${pragma}`), SQLITE_WAIT_MS);
      }
    } catch (error) {
      await connection.dispose();
      throw error;
    }
    this.#identity = identity;
    return connection;
  }

  /** Called before each statement outside a transaction. @throws what refuses it: the file is not in its place */
  requireInPlace(): void {
    if (fileAt(this.path) !== this.#identity) throw fileIsAway();
  }

  /** Waits in the line, then runs the statement. `step` begins again when SQLite is busy. */
  async write<T>(step: () => Promise<T>): Promise<T> {
    const result = await this.takeTurn(step);
    this.endTurn();
    return result;
  }

  /** As `write`, but the turn is kept until `endTurn`, unless this throws. */
  async takeTurn<T>(step: () => Promise<T>): Promise<T> {
    const leftMs = await this.#line.enter(SQLITE_WAIT_MS);
    try {
      this.requireInPlace();
      return await retryWhileBusy(step, leftMs);
    } catch (error) {
      this.#line.leave(false);
      throw error;
    }
  }

  endTurn(): void {
    this.#line.leave(true);
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
