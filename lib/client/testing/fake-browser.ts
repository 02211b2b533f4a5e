import { type Auth, createAuth } from "../auth";
import type { PageRole } from "../tab-page";
import type { TabMessage } from "../tabs";
import type { Cancel, Signals, TextSlot, World } from "../world";
import { FakeNetwork } from "./fake-network";
import { FakeQueue } from "./fake-queue";
import { EMPTY_JAR, FakeServer, type Jar, person } from "./fake-server";
import { VirtualTime } from "./virtual-time";

export const ORIGIN = "http://localhost:3000";
export const john = person("john");

interface Cell {
  text: string | null;
}

/** One tab: its browser side, and what happened to its document. */
export interface FakeTab {
  readonly auth: Auth;
  /** Takes the page out of the tab, whose document stays. */
  readonly leave: Cancel;
  /** What `sessionStorage` keeps from one document of the tab to the next. */
  readonly cells: { readonly reloads: Cell; readonly resumes: Cell; readonly refusals: Cell };
  /** `goTo /x`, `replaceWith /x`, `reload`. */
  readonly moves: string[];
  /** The person, the network and the browser act on the tab by these. */
  signals: Signals | null;
  isVisible: boolean;
  /** The content is off the screen. */
  isHidden: boolean;
  /** Does not hear other tabs, as in the back/forward cache. */
  isAsleep: boolean;
}

type Document = Omit<FakeTab, "auth" | "leave">;

/** A browser whose tabs share cookies, a storage and a queue, and the server it talks to. */
export class FakeBrowser {
  readonly time = new VirtualTime();
  readonly server = new FakeServer(this.time);
  readonly network = new FakeNetwork(this.time, this.server);
  readonly queue = new FakeQueue();
  readonly storage: Cell = { text: null };
  jar: Jar = EMPTY_JAR;
  keepsCookies = true;
  isStorageBlocked = false;
  random: () => number = () => 0.5;
  readonly #tabs: FakeTab[] = [];
  #attempts = 0;

  /** Has the cookies of john, who has just signed in. */
  signIn(): this {
    this.jar = this.server.open(john);
    return this;
  }

  /** Opens a page in a new tab; john's dashboard unless told otherwise. */
  open(role: PageRole = guardedPage()): FakeTab {
    return this.#load(role, {
      reloads: { text: null },
      resumes: { text: null },
      refusals: { text: null },
    });
  }

  /** Loads a page into the tab of `old`, whose document is gone. */
  reload(old: FakeTab, role: PageRole = guardedPage()): FakeTab {
    this.#tabs.splice(this.#tabs.indexOf(old), 1);
    return this.#load(role, old.cells);
  }

  /** The server does not accept the access token any more. */
  expireAccess(): void {
    const { access } = this.jar;
    if (access !== null) this.jar = { ...this.jar, access: { ...access, until: 0 } };
  }

  #load(role: PageRole, cells: FakeTab["cells"]): FakeTab {
    const moves: string[] = [];
    const tab = { cells, moves, signals: null, isVisible: true, isHidden: false, isAsleep: false };
    const loaded = Object.assign(tab, { auth: createAuth(this.#world(tab)), leave: () => {} });
    this.#tabs.push(loaded);
    return Object.assign(loaded, { leave: loaded.auth.enter(role) });
  }

  #world(tab: Document): World {
    const base = `${ORIGIN}/dashboard`;
    return {
      now: () => this.time.now(),
      after: (delayMs, work) => this.time.after(delayMs, work),
      random: () => this.random(),
      newAttempt: () => `attempt-${++this.#attempts}`,
      send: (input, init) => {
        const target = input instanceof Request ? input : new URL(input, base);
        return this.network.send(new Request(target, init), this.jar, (jar) => {
          if (this.keepsCookies) this.jar = jar;
        });
      },
      baseUrl: () => base,
      readHint: () => this.jar.hint,
      takeTurn: (giveUp) => this.queue.takeTurn(giveUp),
      attempts: this.#slot(this.storage),
      reloads: this.#slot(tab.cells.reloads),
      resumes: this.#slot(tab.cells.resumes),
      refusals: this.#slot(tab.cells.refusals),
      tell: (message) => this.#tell(tab, message),
      isVisible: () => tab.isVisible,
      listen: (signals) => {
        tab.signals = signals;
        return () => {
          tab.signals = null;
        };
      },
      page: {
        here: () => "/dashboard?tab=1",
        goTo: (path) => tab.moves.push(`goTo ${path}`),
        replaceWith: (path) => tab.moves.push(`replaceWith ${path}`),
        reload: () => tab.moves.push("reload"),
        hide: () => {
          tab.isHidden = true;
        },
        show: () => {
          tab.isHidden = false;
        },
      },
    };
  }

  #tell(from: Document, message: TabMessage): void {
    for (const tab of this.#tabs) {
      if (tab === from || tab.isAsleep) continue;
      this.time.after(1, () => tab.signals?.told(structuredClone(message)));
    }
  }

  #slot(cell: Cell): TextSlot {
    const usable = () => {
      if (this.isStorageBlocked) throw new DOMException("Denied", "SecurityError");
      return cell;
    };
    return {
      read: () => usable().text,
      write: (text) => {
        usable().text = text;
      },
      clear: () => {
        usable().text = null;
      },
    };
  }
}

/** A page that only john may see. */
export function guardedPage(remainingSeconds = 900): PageRole {
  return { kind: "guarded", initial: { user: john, remainingSeconds } };
}

/** A page for everybody, which the server rendered without a session. */
export function publicPage(): PageRole {
  return { kind: "public", initial: null };
}
