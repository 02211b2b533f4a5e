import { sessionOf } from "./hint";
import type { SessionKeeper } from "./session-keeper";
import type { PageRole, TabPage } from "./tab-page";
import type { TabMessage } from "./tabs";
import type { Cancel, Signals, World } from "./world";

/**
 * What reaches a tab from outside: pages that are mounted, other tabs, somebody who looks, the back button. Whatever
 * was missed while the tab was asleep, the hint in the jar tells.
 */
export class Tab implements Signals {
  readonly #world: Pick<World, "listen" | "readHint">;
  readonly #page: TabPage;
  readonly #keeper: SessionKeeper;
  #unlisten: Cancel = () => {};

  constructor(world: Pick<World, "listen" | "readHint">, page: TabPage, keeper: SessionKeeper) {
    this.#world = world;
    this.#page = page;
    this.#keeper = keeper;
  }

  /** A page is mounted; cancel when it is not any more. */
  enter(role: PageRole): Cancel {
    const { known, refresher } = this.#keeper;
    if (this.#page.isEmpty) this.#unlisten = this.#world.listen(this);
    const leave = this.#page.enter(role);
    const isQuestion = role.kind === "resume" || known.state === null;
    if (role.initial !== null) this.#keeper.admit(role.initial);
    else if (!isQuestion) this.attended();
    else if (known.lookUp()) void refresher.refresh(known.hint);
    refresher.arm();
    return () => {
      leave();
      if (!this.#page.isEmpty) return;
      this.#unlisten();
      refresher.disarm();
    };
  }

  attended(): void {
    const { known, refresher } = this.#keeper;
    // signing in or out says itself what comes of it
    if (this.#page.isLeaving || refresher.isExclusive) return;
    const change = known.change();
    const isReplaced = change === "gone" || change === "other";
    if (isReplaced && this.#keeper.replaced()) void refresher.refresh(known.hint);
    if (this.#page.isLeaving) return;
    this.#page.show();
    refresher.hurry();
  }

  left(): void {
    this.#page.left();
  }

  restored(): void {
    this.#page.returned();
    const isOver = this.#keeper.known.user === null;
    if (isOver && this.#page.role.kind === "guarded") this.#keeper.replaced();
    else this.attended();
  }

  told(message: TabMessage): void {
    const { known } = this.#keeper;
    const hint = this.#world.readHint();
    if (message.kind === "renewed") {
      const isCurrent = message.hint === hint && !known.isOver(message.hint);
      if (isCurrent) this.#keeper.welcome(message.user, message.remainingSeconds);
      return;
    }
    const isSignedInAgain = hint !== null && sessionOf(hint) !== message.session;
    if (isSignedInAgain) {
      this.attended();
      return;
    }
    this.#keeper.end(message.session);
    this.#page.exit(message.reason);
  }
}
