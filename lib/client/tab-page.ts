import type { SignInReason, WireUser } from "@/lib/contract";
import type { Cancel, TextSlot, World } from "./world";

/** The session that the server rendered a page with. */
export interface RenderedSession {
  readonly user: WireUser;
  /** What the access token has to live; 0: renew it at once. */
  readonly remainingSeconds: number;
}

/**
 * What a page is to the session. `public`: it stays where it is whatever happens. `guarded`: nobody who is signed out
 * may see it. `resume`: it holds no data, and is there to get the session back and be loaded again.
 */
export type PageRole =
  | { readonly kind: "public" | "guarded"; readonly initial: RenderedSession | null }
  | { readonly kind: "resume"; readonly initial: null; readonly loginHref: string };

const PUBLIC: PageRole = { kind: "public", initial: null };
const SIGNED_OUT_HREF = "/login?reason=signed_out";

/** The document of one tab: what its page is to the session, and the ways out of it. The first one taken counts. */
export class TabPage {
  readonly #world: Pick<World, "page" | "reloads" | "resumes">;
  readonly #roles = new Set<PageRole>();
  #isLeaving = false;

  constructor(world: Pick<World, "page" | "reloads" | "resumes">) {
    this.#world = world;
  }

  /** On the way to another document; what happens in this one does not count any more. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  get isEmpty(): boolean {
    return this.#roles.size === 0;
  }

  /** The role that counts where pages are nested: any but `public`. */
  get role(): PageRole {
    return [...this.#roles].find(({ kind }) => kind !== "public") ?? PUBLIC;
  }

  enter(role: PageRole): Cancel {
    this.#roles.add(role);
    return () => this.#roles.delete(role);
  }

  /** The server rendered this page with a session: whatever was resumed before, it worked. */
  rendered(): void {
    this.#isLeaving = false;
    try {
      this.#world.resumes.clear();
    } catch {
      // blocked: nothing was written either
    }
  }

  /** The document may be shown again as it is, when nobody knows yet whether it still may be. */
  left(): void {
    if (this.role.kind === "guarded") this.#world.page.hide();
  }

  /** Back on the screen, perhaps long after it was left. */
  returned(): void {
    this.#isLeaving = false;
  }

  show(): void {
    this.#world.page.show();
  }

  /** Somebody signed out here: away from any page, and the back button asks the server. */
  signOut(): void {
    this.#leave(() => this.#world.page.goTo(SIGNED_OUT_HREF));
  }

  /**
   * The session is over: away from a page that is not for everybody. Who signed out himself starts anew, anybody else
   * comes back here after signing in. Without a `reason` the login page says nothing.
   */
  exit(reason: SignInReason | null): void {
    const { role } = this;
    if (role.kind === "public") return;
    this.#leave(() => this.#world.page.replaceWith(this.#exitHref(role, reason)));
  }

  /**
   * The page shows another session than the one in the jar: off the screen with it, and the server decides what is
   * shown instead. For the same `change` a second time by way of the login page, which sends on who is signed in.
   */
  renderAnew(change: string): void {
    this.#world.page.hide();
    if (isNews(this.#world.reloads, change)) this.#leave(() => this.#world.page.reload());
    else this.exit(null);
  }

  /** The session that a `resume` page waited for is back. Once; a page that comes back all the same gives up. */
  resume(session: string): void {
    if (this.role.kind !== "resume") return;
    if (isNews(this.#world.resumes, session)) this.#leave(() => this.#world.page.reload());
    else this.giveUp();
  }

  /** The browser does not keep cookies: a `resume` page would wait for ever. */
  giveUp(): void {
    if (this.role.kind === "resume") this.exit("cookies");
  }

  #leave(go: () => void): void {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    go();
  }

  #exitHref(role: PageRole, reason: SignInReason | null): string {
    if (reason === "signed_out") return SIGNED_OUT_HREF;
    const here = encodeURIComponent(this.#world.page.here());
    const href = role.kind === "resume" ? role.loginHref : `/login?next=${here}`;
    if (reason === null) return href;
    return `${href}${href.includes("?") ? "&" : "?"}reason=${reason}`;
  }
}

/** Whether `value` is news to the slot, which then holds it. A blocked slot has no news: whoever asks must not loop. */
function isNews(slot: TextSlot, value: string): boolean {
  try {
    if (slot.read() === value) return false;
    slot.write(value);
    return true;
  } catch {
    return false;
  }
}
