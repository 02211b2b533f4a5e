import type { Attempts } from "./attempt";
import { compareHints } from "./hint";
import { Pace } from "./pace";
import { type Renewal, renew } from "./renewal";
import { inTurn } from "./turn";
import type { Cancel, World } from "./world";

/** How a wish for newer tokens ended; `superseded`: signing in or out came first, and the result means nothing. */
export type Outcome = Renewal["kind"] | "superseded";

/** Whose tokens are renewed. */
export interface Owner {
  /** The hint of the tokens that are due by time. */
  readonly hint: () => string | null;
  /**
   * Takes note of a result, and says `fresh` where it is so. True: the jar holds a hint that nobody knows anything of
   * yet, which has to be asked about.
   */
  readonly settle: (renewal: Renewal) => boolean;
}

/** Each round is about another hint, so more than this means that the cookies change without end. */
const ROUNDS_MOST = 3;

/**
 * Renews the tokens of one tab: one refresh at a time for all who want it, ahead of their end while somebody looks
 * at the page, and again after a failure.
 */
export class Refresher {
  readonly #world: World;
  readonly #attempts: Attempts;
  readonly #owner: Owner;
  readonly #pace: Pace;
  #flight: { readonly done: Promise<Outcome>; readonly abort: AbortController } | null = null;
  #cancelTimer: Cancel = () => {};
  #exclusive = 0;
  #isArmed = false;

  constructor(world: World, attempts: Attempts, owner: Owner) {
    this.#world = world;
    this.#attempts = attempts;
    this.#owner = owner;
    this.#pace = new Pace(world);
  }

  /** Signing in or out is on its way; nothing is renewed until it is done. */
  get isExclusive(): boolean {
    return this.#exclusive > 0;
  }

  /** Joins the refresh that is on its way, or starts one for the tokens of `stale`. Never rejects. */
  refresh(stale: string | null): Promise<Outcome> {
    if (this.isExclusive) return Promise.resolve("superseded");
    if (this.#flight !== null) return this.#flight.done;
    if (this.#pace.isFutile) return Promise.resolve("unstored");
    this.#cancelTimer();
    const abort = new AbortController();
    const flight = { abort, done: this.#run(stale, abort.signal) };
    this.#flight = flight;
    return flight.done;
  }

  /** As `refresh`, for a request that was refused: keeps its distance from the last failure, if it has to ask. */
  async refreshForCall(stale: string | null): Promise<Outcome> {
    const isRenewed = compareHints(stale, this.#world.readHint()) === "moved";
    const mayAsk = isRenewed || this.#flight !== null || this.#pace.mayCall();
    return mayAsk ? this.refresh(stale) : "failed";
  }

  /** The tokens are fresh and live for `remainingSeconds`; null: nobody knows. */
  fresh(remainingSeconds: number | null): void {
    this.#pace.fresh(remainingSeconds);
    this.#schedule();
  }

  /** Somebody looks, or the network is back: what is overdue or failed goes soon. */
  hurry(): void {
    this.#pace.hurry();
    this.#schedule();
  }

  /** From now on what is due is renewed by itself, as long as a page is there to want it. */
  arm(): void {
    this.#isArmed = true;
    this.#schedule();
  }

  /** No page is there any more; `arm` begins anew. */
  disarm(): void {
    this.#isArmed = false;
    this.#cancelTimer();
  }

  /** There is no session any more: gives up the refresh on its way, whose result would mean nothing. */
  stop(): void {
    this.#pace.stop();
    this.#supersede();
  }

  /** Runs `work`, which changes the session, in this tab's turn and without a refresh beside it. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#exclusive += 1;
    if (this.#flight !== null) this.#pace.interrupted();
    this.#supersede();
    try {
      return await inTurn(this.#world, null, work);
    } finally {
      this.#exclusive -= 1;
      this.hurry();
    }
  }

  /** Sets the timer for what is due. What falls due unseen waits until somebody looks. */
  #schedule(): void {
    this.#cancelTimer();
    const { dueAt } = this.#pace;
    if (!this.#isArmed || dueAt === null || this.#flight !== null || this.isExclusive) return;
    this.#cancelTimer = this.#world.after(Math.max(0, dueAt - this.#world.now()), () => {
      if (this.#world.isVisible()) void this.refresh(this.#owner.hint());
    });
  }

  #supersede(): void {
    this.#cancelTimer();
    this.#flight?.abort.abort();
    this.#flight = null;
  }

  async #run(stale: string | null, signal: AbortSignal): Promise<Outcome> {
    let hint = stale;
    for (let round = 0; round < ROUNDS_MOST; round += 1) {
      const renewal = await renew(this.#world, this.#attempts, hint, signal);
      if (signal.aborted) return "superseded";
      this.#note(renewal);
      if (!this.#owner.settle(renewal)) return this.#land(renewal.kind, signal);
      hint = this.#world.readHint();
    }
    this.#pace.failed(null);
    return this.#land("failed", signal);
  }

  #note(renewal: Renewal): void {
    if (renewal.kind === "failed") this.#pace.failed(renewal.retryAfterSeconds);
    if (renewal.kind === "unstored") this.#pace.unstored();
  }

  #land(kind: Renewal["kind"], signal: AbortSignal): Outcome {
    if (signal.aborted) return kind; // `settle` ended the session, and with it this flight
    this.#flight = null;
    this.#schedule();
    return kind;
  }
}
