import type { WireUser } from "@/lib/contract";
import { type AuthState, LOADING, SIGNED_OUT, StateCell, signedIn } from "./auth-state";
import { compareHints, type HintChange, sessionOf } from "./hint";
import type { TabPage } from "./tab-page";
import type { Cancel, TextSlot, World } from "./world";

/** What this tab knows of the session, and which hint that knowledge stands for. Asks nobody. */
export class KnownSession {
  readonly #readHint: World["readHint"];
  readonly #refusals: TextSlot;
  readonly #page: TabPage;
  readonly #cell = new StateCell();
  #hint: string | null = null;
  #endedSession: string | null = null;

  constructor({ readHint, refusals }: Pick<World, "readHint" | "refusals">, page: TabPage) {
    this.#readHint = readHint;
    this.#refusals = refusals;
    this.#page = page;
  }

  /** Null until a page has said what it came with. */
  get state(): AuthState | null {
    return this.#cell.get();
  }

  get user(): WireUser | null {
    return this.state?.user ?? null;
  }

  /** The hint that the state stands for; the jar may hold another by now. */
  get hint(): string | null {
    return this.#hint;
  }

  subscribe(listener: () => void): Cancel {
    return this.#cell.subscribe(listener);
  }

  /** What became of the hint in the jar since the state was set. */
  change(): HintChange {
    return compareHints(this.#hint, this.#readHint());
  }

  /** Whether `hint` is that of the session that was last known to end: nothing that arrives late brings it back. */
  isOver(hint: string): boolean {
    return sessionOf(hint) === this.#endedSession;
  }

  /** Whether this very hint was found to be over, perhaps by another document of this tab. */
  wasRefused(hint: string): boolean {
    try {
      return this.#refusals.read() === hint;
    } catch {
      return false;
    }
  }

  /** A page came with `user`; what it shows is his. */
  rendered(user: WireUser): void {
    this.#hint = this.#readHint();
    this.#cell.set(signedIn(user));
  }

  /** The session in the jar is `user`'s. A guarded page that shows somebody else's is rendered anew. */
  welcome(user: WireUser): void {
    const isStranger = this.user !== null && this.user.id !== user.id;
    if (isStranger && this.#page.role.kind === "guarded") {
      this.#renderAnew();
      return;
    }
    this.rendered(user);
    if (this.#hint !== null) this.#page.resume(sessionOf(this.#hint));
  }

  /** The page came without a session: whether there is a hint of one to be asked about. */
  lookUp(): boolean {
    this.#hint = this.#readHint();
    const isQuestion = this.#hint !== null && !this.wasRefused(this.#hint);
    const isWorthwhile = isQuestion || this.#page.role.kind === "resume";
    this.#cell.set(isWorthwhile ? LOADING : SIGNED_OUT);
    return isWorthwhile;
  }

  /** Somebody else renewed the session. False: that is known already. */
  catchUp(): boolean {
    const isNews = this.change() !== "same";
    this.#hint = this.#readHint();
    if (this.state !== null && this.state.trouble !== null) this.trouble(null);
    return isNews;
  }

  /** The jar holds another session, or none. True: one that has to be asked about. */
  replaced(): boolean {
    if (this.#page.role.kind === "guarded") {
      this.#renderAnew();
      return false;
    }
    const hint = this.#readHint();
    if (hint === null || this.isOver(hint)) {
      this.#hint = hint;
      this.#cell.set(SIGNED_OUT);
      this.#page.exit(null);
      return false;
    }
    return this.lookUp();
  }

  /** `session`, the session part of a hint, is over; null: nobody knows which it was. */
  end(session: string | null): void {
    this.#endedSession = session;
    this.#hint = this.#readHint();
    if (this.#hint !== null && this.isOver(this.#hint)) this.#noteRefusal(this.#hint);
    this.#cell.set(SIGNED_OUT);
  }

  trouble(trouble: AuthState["trouble"]): void {
    this.#cell.set({ ...(this.state ?? LOADING), trouble });
  }

  #noteRefusal(hint: string): void {
    try {
      this.#refusals.write(hint);
    } catch {
      // blocked: it is asked about once more
    }
  }

  #renderAnew(): void {
    this.#page.renderAnew(`${this.#hint}>${this.#readHint()}`);
  }
}
