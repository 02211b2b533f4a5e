import { PATHS } from "@/lib/contract";
import type { AuthState } from "./auth-state";
import { sessionFetch } from "./session-fetch";
import { SessionKeeper } from "./session-keeper";
import { type AuthOutcome, type SignInFields, signIn } from "./sign-in";
import { signOut } from "./sign-out";
import { Tab } from "./tab";
import { type PageRole, TabPage } from "./tab-page";
import type { Cancel, World } from "./world";

/** What a page may do; each member may be passed around on its own. */
export interface AuthActions {
  /** Never rejects. */
  readonly login: (fields: SignInFields) => Promise<AuthOutcome>;
  /** Creates an account and signs in with it. Never rejects. */
  readonly register: (fields: SignInFields) => Promise<AuthOutcome>;
  /** @throws SignOutError when the server could not be reached: see `signOut` */
  readonly logout: (options?: { readonly everywhere?: boolean }) => Promise<void>;
  /** See `sessionFetch`. */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
}

/** The browser side of one document. */
export interface Auth extends AuthActions {
  /** Null until a page has said what it came with. Stable while nothing changes. */
  readonly state: () => AuthState | null;
  readonly subscribe: (listener: () => void) => Cancel;
  /** A page is mounted; cancel when it is not any more. */
  readonly enter: (role: PageRole) => Cancel;
}

/** Makes the browser side for one document, of which there must be one: a tab refreshes once for all who ask. */
export function createAuth(world: World): Auth {
  const page = new TabPage(world);
  const keeper = new SessionKeeper(world, page);
  const tab = new Tab(world, page, keeper);
  return {
    state: () => keeper.known.state,
    subscribe: (listener) => keeper.known.subscribe(listener),
    enter: (role) => tab.enter(role),
    login: (fields) => signIn(world, keeper, PATHS.login, fields),
    register: (fields) => signIn(world, keeper, PATHS.register, fields),
    logout: ({ everywhere = false } = {}) => signOut(world, keeper, everywhere),
    fetch: (input, init) => sessionFetch(world, keeper, input, init),
  };
}
