import pg from "pg";
import { Line } from "./line";
import { breakWhenSilent, within } from "./patience";

/** Milliseconds. A dead database is told as such in less than two seconds, whichever of these ends the waiting. */
const GIVE_UP_MS = 1800;

/** Milliseconds. A little earlier, so that the server has stopped working for somebody who was told 503. */
const SERVER_GIVES_UP_MS = 1500;

/** What every connection is told. What the URL says of the same things goes first. */
export const CONNECTION = {
  /** For making a new one, after whoever wanted it has been told: until then its place is taken. */
  connectionTimeoutMillis: 5000,
  /** Unused ones are kept: a burst after a quiet minute should not begin with ten handshakes. */
  idleTimeoutMillis: 300_000,
  /** The server's, for a whole statement and for each lock it waits for. */
  statement_timeout: SERVER_GIVES_UP_MS,
  lock_timeout: 1000,
  /** The server's, for a transaction whose process has gone away between two statements. */
  idle_in_transaction_session_timeout: 5000,
  keepAlive: true,
  fallback_application_name: "latchkey",
  /** What the store relies on, whatever the server's default is. */
  options: "-c default_transaction_isolation=read\\ committed",
} as const satisfies pg.PoolConfig;

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/**
 * The connections of one process to PostgreSQL. One that failed is thrown away and the next call makes a new one, so
 * an outage ends by itself.
 *
 * Stock pools have one time-out for two things. Here who waits for others to finish stands in a line, up to six
 * seconds as long as it moves; who waits for the server is told after `GIVE_UP_MS` in all.
 *
 * @see DECISIONS.md "A busy pool is not a dead database", "No connection comes back inside a transaction"
 */
export class PatientPool extends pg.Pool {
  readonly #line: Line;

  /** @param size how many connections there may be at most. */
  constructor(url: string, size: number) {
    super({ connectionString: url, ...CONNECTION, max: size });
    this.#line = new Line(size, () => new Error("No connection to the database became free"));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const borrowed = this.#borrow();
    if (callback === undefined) return borrowed;
    borrowed.then(
      (client) => callback(undefined, client, client.release),
      (error) => callback(error, undefined, () => {}),
    );
  }

  async #borrow(): Promise<pg.PoolClient> {
    const leftMs = await this.#line.enter(GIVE_UP_MS);
    try {
      const connecting = super.connect();
      return this.#lend(await within(leftMs, connecting, (late) => late.release()));
    } catch (error) {
      this.#line.leave(false);
      throw error;
    }
  }

  #lend(client: pg.PoolClient): pg.PoolClient {
    const giveBack = client.release;
    const stopWatching = breakWhenSilent(client.connection.stream, GIVE_UP_MS);
    client.release = (error) => {
      stopWatching();
      const isOver = client.getTransactionStatus() === "I";
      giveBack(error || !isOver);
      // a server that refuses a statement is there
      this.#line.leave(error instanceof pg.DatabaseError || (!error && isOver));
    };
    return client;
  }
}
