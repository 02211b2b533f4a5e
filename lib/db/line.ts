/** How long turns may follow each other before the event loop has a turn of its own. Milliseconds. */
const BURST_MS = 10;

/** The longest anybody waits in a line that moves: a browser gives a refresh up after eight seconds. */
const LONGEST_MS = 6_000;

/** How often who waits is looked at, and how much of his time one turn of the event loop can use up. Milliseconds. */
const LOOK_MS = 10;
const STALL_MS = 100;

interface Waiting {
  readonly arrivedAt: number;
  readonly limitMs: number;
  begin(): void;
  refuse(): void;
}

/**
 * A line in which callers wait for one of so many places: the writes of a SQLite connection for each other, statements
 * for a connection to PostgreSQL. First come, first served.
 *
 * Limits are for what others hold up. While our own event loop stands still nobody can leave the line, so a stall counts
 * as `STALL_MS` at most: to refuse what only a busy process kept waiting would save nothing.
 */
export class Line {
  #free: number;
  readonly #refusal: () => Error;
  /** In order of arrival. */
  readonly #waiting = new Set<Waiting>();
  /** Milliseconds in which somebody waited and the event loop turned. What follows is told by it. */
  #time = 0;
  /** When a turn last came to its end. */
  #movedAt = Number.NEGATIVE_INFINITY;
  #looking: NodeJS.Timeout | undefined;
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
    if (this.#free > 0) {
      this.#free -= 1;
      return limitMs;
    }
    const arrivedAt = this.#time;
    await new Promise<void>((resolve, reject) => {
      const refuse = () => reject(this.#refusal());
      this.#waiting.add({ arrivedAt, limitMs, begin: resolve, refuse });
      this.#looking ??= this.#look();
    });
    return this.#leftMs({ arrivedAt, limitMs });
  }

  /** Ends the turn and gives the place to the next. `wasOfUse`: it came to its end, so the line has moved. */
  leave(wasOfUse: boolean): void {
    if (wasOfUse) this.#movedAt = this.#time;
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#remove(next);
    this.#handOver(next.begin);
  }

  #leftMs({ arrivedAt, limitMs }: Pick<Waiting, "arrivedAt" | "limitMs">): number {
    return limitMs - (this.#time - Math.max(arrivedAt, this.#movedAt));
  }

  /** Until nobody waits any more: lets time go by, and refuses whose time is up. */
  #look(): NodeJS.Timeout {
    let lookedAt = performance.now();
    return setInterval(() => {
      const now = performance.now();
      this.#time += Math.min(now - lookedAt, STALL_MS);
      lookedAt = now;
      for (const waiting of this.#waiting) {
        const patienceMs = LONGEST_MS - (this.#time - waiting.arrivedAt);
        if (Math.min(patienceMs, this.#leftMs(waiting)) > 0) continue;
        this.#remove(waiting);
        waiting.refuse();
      }
    }, LOOK_MS);
  }

  #remove(waiting: Waiting): void {
    this.#waiting.delete(waiting);
    if (this.#waiting.size > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
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
