import type { SignInReason, WireUser } from "@/lib/contract";
import { Attempts } from "./attempt";
import { sessionOf } from "./hint";
import { KnownSession } from "./known-session";
import { Refresher } from "./refresher";
import type { Renewal } from "./renewal";
import type { RenderedSession, TabPage } from "./tab-page";
import type { World } from "./world";

/** Keeps the session of one tab alive, and what the tab knows of it true. */
export class SessionKeeper {
  readonly known: KnownSession;
  readonly refresher: Refresher;
  readonly #world: World;
  readonly #page: TabPage;
  readonly #attempts: Attempts;
  readonly #admitted = new WeakSet<RenderedSession>();

  constructor(world: World, page: TabPage) {
    this.#world = world;
    this.#page = page;
    this.#attempts = new Attempts(world.attempts, world.newAttempt);
    this.known = new KnownSession(world, page);
    this.refresher = new Refresher(world, this.#attempts, {
      hint: () => this.known.hint,
      settle: (renewal) => this.#settle(renewal),
    });
  }

  /** The server rendered a page with a session; the same one counts once. Without a hint it may be over: ask. */
  admit(initial: RenderedSession): void {
    if (this.#admitted.has(initial)) return;
    this.#admitted.add(initial);
    this.#page.rendered();
    this.known.rendered(initial.user);
    const isFresh = initial.remainingSeconds > 0 && this.known.hint !== null;
    if (isFresh) this.refresher.fresh(initial.remainingSeconds);
    else void this.refresher.refresh(this.known.hint);
  }

  /**
   * Wants newer tokens for a request that was refused when `hint` was in the jar. True: the same user's session has
   * them, so the request may be repeated.
   */
  async renewFor(hint: string | null): Promise<boolean> {
    const { user } = this.known;
    const isHopeless = hint === null ? this.#page.role.kind === "public" : this.known.isOver(hint);
    if (isHopeless || this.#page.isLeaving) return false;
    const outcome = await this.refresher.refreshForCall(hint);
    if (outcome !== "renewed" && outcome !== "elsewhere") return false;
    return !this.#page.isLeaving && (user === null || this.known.user?.id === user.id);
  }

  /** Signed in here, or renewed; `remainingSeconds` null: nobody said. All tabs are told. */
  signedIn(user: WireUser, remainingSeconds: number | null): void {
    this.welcome(user, remainingSeconds);
    const { hint } = this.known;
    if (hint !== null) this.#world.tell({ kind: "renewed", hint, user, remainingSeconds });
  }

  /** Signed out here, while `hint` was in the jar. All tabs are told, and the document goes to the login page. */
  signedOut(hint: string | null): void {
    this.#endForAll("signed_out", hint);
    this.#page.signOut();
  }

  /** The server handed cookies over and the browser did not keep them. */
  cookiesRefused(): void {
    this.known.trouble("cookies");
    this.#page.giveUp();
  }

  /** The session in the jar is `user`'s, and its tokens are fresh. */
  welcome(user: WireUser, remainingSeconds: number | null): void {
    this.known.welcome(user);
    this.refresher.fresh(remainingSeconds);
  }

  /** The jar holds another session, or none. True: one that has to be asked about. */
  replaced(): boolean {
    const isUnknown = this.known.replaced();
    if (!isUnknown) this.refresher.stop();
    return isUnknown;
  }

  /** `session`, the session part of a hint, is over; null: nobody knows which it was. */
  end(session: string | null): void {
    this.known.end(session);
    this.refresher.stop();
  }

  #endForAll(reason: SignInReason, hint: string | null): void {
    const session = hint === null ? null : sessionOf(hint);
    this.#attempts.forget();
    this.end(session);
    this.#world.tell({ kind: "ended", session, reason });
  }

  /**
   * A page that the server rendered with the very session that it refused before: the login page would only lead back
   * here, without end. Then the page stays, and says that something is wrong.
   */
  #refused(reason: SignInReason): void {
    const hint = this.#world.readHint() ?? this.known.hint;
    if (hint !== null && this.#page.role.kind === "guarded" && this.known.wasRefused(hint)) {
      this.known.trouble("unavailable");
      this.refresher.stop();
      return;
    }
    this.#endForAll(reason, hint);
    this.#page.exit(reason);
  }

  /** As `Owner.settle`. */
  #settle(renewal: Renewal): boolean {
    switch (renewal.kind) {
      case "renewed":
        this.signedIn(renewal.user, renewal.remainingSeconds);
        return false;
      case "elsewhere":
        if (this.known.user === null) return true;
        // unless he told, nobody here knows for how long
        if (this.known.catchUp()) this.refresher.fresh(null);
        return false;
      case "overtaken":
        return true;
      case "gone":
      case "other":
        return this.replaced();
      case "refused":
        this.#refused(renewal.reason);
        return false;
      case "failed":
        this.known.trouble(renewal.trouble);
        return false;
      case "unstored":
        this.cookiesRefused();
        return false;
    }
  }
}
