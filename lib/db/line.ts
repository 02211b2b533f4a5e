/** How long turns may follow each other before the event loop has a turn of its own. Milliseconds. */
const BURST_MS = 10;

/** The longest anybody waits in a line that moves: a browser gives a refresh up after eight seconds. */
const LONGEST_MS = 6_000;

/**
 * A line in which callers wait for one of so many places: the writes of a SQLite connection for each other, statements
 * for a connection to PostgreSQL. First come, first served.
 */
export class Line {
  #free: number;
  readonly #refusal: () => Error;
  /** When a turn last came to its end. */
  #movedAt = Number.NEGATIVE_INFINITY;
  /** In order of arrival; each is called when its turn has come. */
  readonly #waiting = new Set<() => void>();
  /** When the first hand-over in this turn of the event loop was; null: there was none yet. */
  #burstFrom: number | null = null;

  /** @param refusal what is told to who waited in vain. */
  constructor(places: number, refusal: () => Error) {
    this.#free = places;
    this.#refusal = refusal;
  }

  /**
   * Resolves when it is the caller's turn, to the milliseconds he may still spend waiting for others; the caller must
   * `leave` afterwards, whatever happens.
   *
   * A line that moves is waited in, however long it is: `limitMs` runs from the last turn that was of use, or from the
   * arrival if that was later.
   *
   * @throws the refusal, when the limit is reached, or `LONGEST_MS`.
   */
  async enter(limitMs: number): Promise<number> {
    const arrivedAt = performance.now();
    const leftMs = () => limitMs - (performance.now() - Math.max(arrivedAt, this.#movedAt));
    if (this.#free > 0) {
      this.#free -= 1;
      return limitMs;
    }
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        const patienceMs = Math.min(leftMs(), LONGEST_MS - (performance.now() - arrivedAt));
        if (patienceMs > 0) {
          timer = setTimeout(lookAfterReading, Math.ceil(patienceMs));
          return;
        }
        this.#waiting.delete(turn);
        reject(this.#refusal());
      };
      // after a stall of the event loop timers come first: what has arrived meanwhile is read before this is judged
      const lookAfterReading = () => {
        asked = setImmediate(look);
      };
      let asked: NodeJS.Immediate | undefined;
      let timer = setTimeout(lookAfterReading, limitMs);
      const turn = () => {
        clearTimeout(timer);
        clearImmediate(asked);
        this.#handOver(resolve);
      };
      this.#waiting.add(turn);
    });
    return leftMs();
  }

  /** Ends the turn and gives the place to the next. `wasOfUse`: it came to its end, so the line has moved. */
  leave(wasOfUse: boolean): void {
    if (wasOfUse) this.#movedAt = performance.now();
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
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
