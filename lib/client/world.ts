import type { TabMessage } from "./tabs";

/** Undoes what it was returned for; calling it again does nothing. */
export type Cancel = () => void;

/** Room for one short text. Every method may throw, as `localStorage` does where it is blocked. */
export interface TextSlot {
  read(): string | null;
  write(text: string): void;
  clear(): void;
}

/** What happens to a document from outside. */
export interface Signals {
  /** Somebody looks at the page again, or the network is back. */
  attended(): void;
  /** The document left the screen and may come back as it is (back/forward cache). */
  left(): void;
  /** The document came back as it was, however long that took. */
  restored(): void;
  /** Another tab said something. */
  told(message: TabMessage): void;
}

/** What can be done with the document. */
export interface Page {
  /** Path and query of the page. */
  here(): string;
  /** Goes to a path; the back button leads here again. */
  goTo(path: string): void;
  /** Goes to a path; the back button does not lead here. */
  replaceWith(path: string): void;
  reload(): void;
  /** Takes all content off the screen until `show`. */
  hide(): void;
  show(): void;
}

/**
 * Everything the browser side asks of the browser. `browser.ts` is the real one, `testing/fake-browser.ts` one with
 * a time and a network of its own.
 */
export interface World {
  /** Milliseconds of a clock that only goes forward. Never the wall clock: people set that. */
  readonly now: () => number;
  readonly after: (delayMs: number, work: () => void) => Cancel;
  /** From 0 up to, but not, 1. */
  readonly random: () => number;
  /** A name nobody can guess, at most 64 visible ASCII characters. */
  readonly newAttempt: () => string;
  /** `fetch`. Cookies of an answer are in the jar when its promise settles. */
  readonly send: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /** Absolute URL of the document: what paths are relative to, and whose origin is ours. */
  readonly baseUrl: () => string;
  /** The hint cookie's value. */
  readonly readHint: () => string | null;
  /**
   * Waits for this tab's turn among all tabs and answers how to end it.
   * Rejects when `giveUp` aborts first, or where tabs cannot queue.
   */
  readonly takeTurn: (giveUp: AbortSignal) => Promise<Cancel>;
  /** Shared by all tabs. */
  readonly attempts: TextSlot;
  /** This tab's own: the last change of session that it reloaded for. */
  readonly reloads: TextSlot;
  /** This tab's own: the last session that it resumed. */
  readonly resumes: TextSlot;
  /** This tab's own: the last hint whose session turned out to be over while it stays in the jar. */
  readonly refusals: TextSlot;
  /** To every other tab that is awake. */
  readonly tell: (message: TabMessage) => void;
  readonly isVisible: () => boolean;
  /** Passes on what happens to the document until cancelled. */
  readonly listen: (signals: Signals) => Cancel;
  readonly page: Page;
}
