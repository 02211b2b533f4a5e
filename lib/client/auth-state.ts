import type { WireUser } from "@/lib/contract";

/** What a page may know of the session. */
export interface AuthState {
  /** `loading`: the page came without a session, and the browser is asking whether it has one. */
  readonly status: "loading" | "authenticated" | "unauthenticated";
  readonly user: WireUser | null;
  /** What a page may say: the session cannot be renewed at the moment, or `cookies`: this browser does not keep it. */
  readonly trouble: null | "offline" | "unavailable" | "cookies";
}

export const LOADING: AuthState = { status: "loading", user: null, trouble: null };

export const SIGNED_OUT: AuthState = { status: "unauthenticated", user: null, trouble: null };

export function signedIn(user: WireUser): AuthState {
  return { status: "authenticated", user, trouble: null };
}

/** Holds the state and tells who listens when it is replaced. */
export class StateCell {
  #state: AuthState | null = null;
  readonly #listeners = new Set<() => void>();

  /** Null until a page has said what it came with. Stable while nothing changes. */
  get(): AuthState | null {
    return this.#state;
  }

  set(state: AuthState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
