import { busyError } from "./busy";

/** How long turns may follow each other before the event loop has a turn of its own. Milliseconds. */
const BURST_MS = 10;

/**
 * The line in which the writes of one SQLite connection wait for each other. First come, first served; one at a time.
 *
 * A connection is either inside a transaction or not, whoever issues the statement: without the line a lone write
 * would join the transaction that somebody else has open, and be rolled back with it.
 */
export class WriteLine {
  #taken = false;
  /** In order of arrival; each is called when its turn has come. */
  readonly #waiting = new Set<() => void>();
  /** When the first hand-over in this turn of the event loop was; null: there was none yet. */
  #burstFrom: number | null = null;

  /**
   * Resolves when it is the caller's turn; the caller must `leave` afterwards, whatever happens.
   *
   * @throws DriverAdapterError busy, when the turn did not come within `limitMs`.
   */
  async enter(limitMs: number): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(turn);
        reject(busyError());
      }, limitMs);
      const turn = () => {
        clearTimeout(timer);
        this.#handOver(resolve);
      };
      this.#waiting.add(turn);
    });
  }

  /** Ends the turn and gives it to the next. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#taken = false;
      return;
    }
    this.#waiting.delete(next);
    next();
  }

  /**
   * At once, up to a limit: a long line of synchronous writes must not keep everything else from the event loop, and
   * one write in each of its turns would be too few when these are long, which is when the line is.
   */
  #handOver(begin: () => void): void {
    if (this.#burstFrom === null) {
      this.#burstFrom = performance.now();
      setImmediate(() => {
        this.#burstFrom = null;
      });
    }
    if (performance.now() - this.#burstFrom < BURST_MS) begin();
    else setImmediate(begin);
  }
}
