"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useMemo,
  useSyncExternalStore,
} from "react";
import type { AuthActions } from "./auth";
import { type AuthState, LOADING, signedIn } from "./auth-state";
import { browserAuth } from "./browser";
import type { RenderedSession } from "./tab-page";

export type { AuthState } from "./auth-state";
export type { AuthOutcome } from "./sign-in";

/** What the server knew when it rendered the page: shown until the browser knows more. */
const Rendered = createContext<AuthState>(LOADING);

const subscribe = (listener: () => void) => browserAuth().subscribe(listener);

const ACTIONS: AuthActions = {
  login: (fields) => browserAuth().login(fields),
  register: (fields) => browserAuth().register(fields),
  logout: (options) => browserAuth().logout(options),
  fetch: (input, init) => browserAuth().fetch(input, init),
};

/**
 * The session as this tab knows it, and what can be done about it. The actions keep their identity.
 *
 * Without an `AuthProvider` above, the actions work and `status` stays `loading` until one of them learns more.
 */
export function useAuth(): AuthState & AuthActions {
  const rendered = useContext(Rendered);
  const state = useSyncExternalStore(
    subscribe,
    () => browserAuth().state() ?? rendered,
    () => rendered,
  );
  return useMemo(() => ({ ...state, ...ACTIONS }), [state]);
}

interface AuthProviderProps {
  /** The session that the server rendered the page with; null: it saw none. */
  readonly initial: RenderedSession | null;
  /** Nobody who is signed out may see the page: it then goes to the login page, and comes back from there. */
  readonly guarded?: boolean;
  readonly children: ReactNode;
}

/** Keeps the session of the page below alive, and the page true to it. Providers may be nested. */
export function AuthProvider({ initial, guarded = false, children }: AuthProviderProps) {
  const kind = guarded ? "guarded" : "public";
  // a layout effect, so that effects of the page find the session known
  useLayoutEffect(() => browserAuth().enter({ kind, initial }), [kind, initial]);
  const rendered = useMemo(() => (initial === null ? LOADING : signedIn(initial.user)), [initial]);
  return <Rendered value={rendered}>{children}</Rendered>;
}
