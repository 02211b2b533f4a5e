import type { Cancel } from "../world";

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** Time that passes when a test says so, in milliseconds from an arbitrary zero. */
export class VirtualTime {
  #now = 5_000;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, work: () => void): Cancel {
    const timer = { at: this.#now + delayMs, work };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  /** Lets `milliseconds` pass; everything that falls due does so in its order, with all that follows from it. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.work();
      await settle();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    return this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Until promises that wait for nothing but each other have settled; reading a body takes a few turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
