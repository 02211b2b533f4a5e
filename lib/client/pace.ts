import { backOffMs, earlyDelayMs } from "./schedule";
import type { World } from "./world";

/** After a failure a signal from outside, such as the network coming back, may ask again this soon. */
const SIGNAL_SPACING_MS = 1_000;
/** After a failure a request that needs the token may ask again this soon. */
const CALL_SPACING_MS = 3_000;
/** After this many answers in a row whose cookies were not kept, nobody asks again. */
const UNSTORED_MOST = 3;

/** When the tokens are renewed next, and how soon they may be. Instants are those of `World.now`. */
export class Pace {
  readonly #world: Pick<World, "now" | "random">;
  #dueAt: number | null = null;
  #lifeSeconds: number | null = null;
  #failures = 0;
  #failedAt = 0;
  #callsFrom = 0;
  #unstored = 0;

  constructor(world: Pick<World, "now" | "random">) {
    this.#world = world;
  }

  /** When to renew by itself; null: not. */
  get dueAt(): number | null {
    return this.#dueAt;
  }

  /** Cookies are not kept, so asking again is of no use until somebody says that tokens are fresh. */
  get isFutile(): boolean {
    return this.#unstored >= UNSTORED_MOST;
  }

  /** Whether a request that was refused may have the tokens renewed now. */
  mayCall(): boolean {
    return this.#failures === 0 || this.#world.now() >= this.#callsFrom;
  }

  /**
   * The tokens are fresh. Where nobody knows how long they live (null) they are taken to live as long as the longest
   * seen here; if that is wrong, the first request that is refused tells.
   */
  fresh(remainingSeconds: number | null): void {
    this.#failures = 0;
    this.#unstored = 0;
    if (remainingSeconds !== null) {
      this.#lifeSeconds = Math.max(this.#lifeSeconds ?? 0, remainingSeconds);
    }
    const seconds = remainingSeconds ?? this.#lifeSeconds;
    this.#dueAt =
      seconds === null ? null : this.#world.now() + earlyDelayMs(seconds, this.#world.random);
  }

  /** Nobody answered, or not as the contract says. */
  failed(retryAfterSeconds: number | null): void {
    const { now, random } = this.#world;
    this.#failures += 1;
    this.#failedAt = now();
    const waitMs = backOffMs(this.#failures, retryAfterSeconds, random);
    this.#dueAt = this.#failedAt + waitMs;
    const callWaitMs = Math.max(CALL_SPACING_MS, (retryAfterSeconds ?? 0) * 1000);
    this.#callsFrom = this.#failedAt + Math.min(waitMs, callWaitMs);
  }

  /** The answer's cookies were not kept. */
  unstored(): void {
    this.#unstored += 1;
    this.#dueAt = null;
  }

  /** A refresh was given up before it was known what became of it. */
  interrupted(): void {
    this.#dueAt = this.#world.now();
  }

  /** The world got better: what failed is tried again at once, but not more than about once a second. */
  hurry(): void {
    if (this.#failures === 0 || this.#dueAt === null) return;
    this.#dueAt = Math.min(this.#dueAt, this.#failedAt + SIGNAL_SPACING_MS);
  }

  /** There is no session to renew. */
  stop(): void {
    this.#dueAt = null;
    this.#failures = 0;
  }
}
