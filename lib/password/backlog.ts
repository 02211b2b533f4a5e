import { AuthError } from "@/lib/auth/errors";
import { singleton } from "@/lib/singleton";
import { hashThreads } from "./hash-threads";

/** Milliseconds for one round of bcrypt, of which there are 2^cost, until one has been measured: an ordinary machine. */
const ASSUMED_MS_PER_ROUND = 0.075;
/** How much the latest measure counts: the machine may become busier, or less so, within seconds. */
const WEIGHT_OF_LATEST = 0.2;

/** Who would have to wait longer for his hash to begin, by what was measured, is refused at once. */
const LONGEST_WAIT_MS = 8_000;

/**
 * Who had to wait longer, because hashing became slower meanwhile, is refused then. Nobody waits ten seconds for an
 * answer, and a server that stops, for which it takes nine, answers everybody.
 */
export const LATEST_BEGIN_MS = 8_500;

/** Before somebody is refused. By chance, so that those who come again at once do not come together. */
const SHORTEST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 800;

const RETRY_AFTER_SECONDS = 5;

/** The passwords that are being hashed or wait for it, on so many workers. */
export class Backlog {
  readonly #workers: number;
  #hashes = 0;
  #rounds = 0;
  #msPerRound = ASSUMED_MS_PER_ROUND;

  constructor(workers: number) {
    this.#workers = workers;
  }

  /** Passwords that wait for a worker. */
  get waiting(): number {
    return Math.max(0, this.#hashes - this.#workers);
  }

  /** Milliseconds until a hash that comes now is begun, at most: some of the work under way is done already. */
  get waitMs(): number {
    if (this.#hashes < this.#workers) return 0;
    return (this.#rounds * this.#msPerRound) / this.#workers;
  }

  get #hasRoom(): boolean {
    return this.waitMs <= LONGEST_WAIT_MS;
  }

  /**
   * Resolves when a hash that comes now is begun soon enough. Who finds too long a line has to stay for a moment, so
   * that refusing him again and again costs little, and then may be lucky.
   *
   * @throws AuthError `unavailable`
   */
  async requireRoom(): Promise<void> {
    if (this.#hasRoom) return;
    const pauseMs = SHORTEST_PAUSE_MS + Math.random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (!this.#hasRoom) throw tooBusy();
  }

  /**
   * A hash of this cost has come; what this resolves to says that it has gone.
   *
   * @throws AuthError `unavailable` as `requireRoom`
   */
  async enter(cost: number): Promise<() => void> {
    // no await where there is room: of many at once each must see those before it
    if (!this.#hasRoom) await this.requireRoom();
    const rounds = 2 ** cost;
    this.#hashes += 1;
    this.#rounds += rounds;
    return () => {
      this.#hashes -= 1;
      this.#rounds -= rounds;
    };
  }

  /** What a hash of this cost took, from its beginning and without the waiting. */
  measured(cost: number, milliseconds: number): void {
    const latest = milliseconds / 2 ** cost;
    this.#msPerRound += WEIGHT_OF_LATEST * (latest - this.#msPerRound);
  }
}

/** The one of this process. Apart from the pool, so that our own server can look at it first. */
export function passwordBacklog(): Backlog {
  return singleton("password backlog", () => new Backlog(hashThreads()));
}

/** For another instance to do, or later. */
export function tooBusy(cause?: unknown): AuthError {
  return new AuthError("unavailable", { retryAfterSeconds: RETRY_AFTER_SECONDS, cause });
}
