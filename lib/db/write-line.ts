import { busyError } from "./busy";

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
        // Not at once: a long line of synchronous writes would keep everything else from the event loop.
        setImmediate(resolve);
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
}
