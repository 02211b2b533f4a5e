import { PATHS, type WireSession } from "@/lib/contract";

/** What the list of one's own sessions shows. */
export interface FeedState {
  readonly sessions: readonly WireSession[];
  /** Being ended at the moment: ids, or `others` for all but the current one. */
  readonly ending: string | null;
  /** The last news in words, for a live region; empty: none. */
  readonly news: string;
  /** The news are bad. */
  readonly failed: boolean;
}

export interface SessionFeed {
  current(): FeedState;
  /** Calls back after every change; answers how to stop. */
  subscribe(changed: () => void): () => void;
  /** Asks for the list anew. */
  load(): Promise<void>;
  end(session: WireSession): Promise<void>;
  endOthers(): Promise<void>;
}

type Send = (path: string, init?: RequestInit) => Promise<Response>;

/**
 * The list of one's own sessions, kept by API calls. Knows neither React nor the page; never throws.
 *
 * A list asked for before a session was ended may still name it, so such an answer is dropped.
 * One ending at a time: another one meanwhile is ignored.
 */
export function createSessionFeed(send: Send, sessions: readonly WireSession[]): SessionFeed {
  let state: FeedState = { sessions, ending: null, news: "", failed: false };
  let endings = 0;
  const listeners = new Set<() => void>();

  function set(change: Partial<FeedState>) {
    state = { ...state, ...change };
    for (const changed of listeners) changed();
  }

  async function load() {
    if (state.ending !== null) return;
    const endingsBefore = endings;
    const listed = await readSessions(send);
    if (endings !== endingsBefore) return;
    if (listed === null) return set({ news: "The list may be out of date.", failed: true });
    set(state.failed ? { sessions: listed, news: "", failed: false } : { sessions: listed });
  }

  async function endSome(
    ending: string,
    path: string,
    stays: (session: WireSession) => boolean,
    news: string,
  ) {
    if (state.ending !== null) return;
    endings += 1;
    set({ ending, news: "", failed: false });
    const gone = await sendDelete(send, path);
    if (gone) set({ ending: null, sessions: state.sessions.filter(stays), news });
    else set({ ending: null, news: "That did not work. Please try again.", failed: true });
  }

  return {
    current: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    load,
    end: ({ id, device }) =>
      endSome(id, `${PATHS.sessions}/${id}`, (one) => one.id !== id, `Ended: ${device}.`),
    endOthers: () =>
      endSome("others", PATHS.sessions, (one) => one.current, "All other sessions are ended."),
  };
}

async function readSessions(send: Send): Promise<readonly WireSession[] | null> {
  try {
    const answer = await send(PATHS.sessions);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** Whether it is gone now; 404 says that it was gone before. */
async function sendDelete(send: Send, path: string): Promise<boolean> {
  try {
    const answer = await send(path, { method: "DELETE" });
    return answer.ok || answer.status === 404;
  } catch {
    return false;
  }
}
