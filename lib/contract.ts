/**
 * What the browser and the server agree on: paths, names and shapes of the wire. Ships to browsers, so it holds
 * no code that they do not need; the schemas that check what arrives are in `lib/http/schemas.ts`.
 */

export const PATHS = {
  login: "/api/auth/login",
  register: "/api/auth/register",
  refresh: "/api/auth/refresh",
  logout: "/api/auth/logout",
  token: "/api/auth/token",
  sessions: "/api/auth/sessions",
  endOtherSessions: "/api/auth/sessions/end-others",
  me: "/api/users/me",
} as const;

/** The path that ends one session by a form without JavaScript. */
export const endSessionPath = (id: string) => `${PATHS.sessions}/${id}/end` as const;

/** `__Host-` binds a cookie to this host, to https (or loopback) and to `Path=/`. */
export const COOKIES = {
  access: "__Host-access_token",
  refresh: "__Host-refresh_token",
  /** Readable by scripts: `v1.<8 hex of the session>.<generation>`. A change signal, never a proof. */
  hint: "__Host-auth_hint",
  /** Says that its user has signed in on this device before; kept by logout. 400 days. */
  device: "__Host-device",
  /** What was typed into a form that came back with an error, passwords excepted. 60 seconds. */
  form: "__Host-form",
} as const;

/** Request header that names one attempt to refresh, so that a lost answer can be asked for again. */
export const ATTEMPT_HEADER = "X-Refresh-Attempt";

/** Response header of a refused refresh: why the session ended, a `SignInReason`. */
export const REASON_HEADER = "X-Session-Ended";

/** Why somebody finds himself on the login page; the value of `?reason=`. */
export const SIGN_IN_REASONS = ["signed_out", "expired", "ended", "reuse", "cookies"] as const;
export type SignInReason = (typeof SIGN_IN_REASONS)[number];

/** The signed-in user, as every endpoint and page shows it. */
export interface WireUser {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: "user" | "admin";
  readonly disabled: boolean;
  /** ISO 8601, UTC. */
  readonly created_at: string;
}

/** One of the user's own live sessions. */
export interface WireSession {
  readonly id: string;
  /** The one that asks. */
  readonly current: boolean;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
  readonly ip: string | null;
  readonly user_agent: string | null;
  /** Such as `Firefox on Linux`. */
  readonly device: string;
}

/** What login, and refresh of a cookie session, answer. */
export interface SignedIn {
  readonly user: WireUser;
  /** Seconds the access cookie lives from now. */
  readonly expires_in: number;
}

/** Every error answer. `detail` is a list only for `validation_failed`. */
export interface WireError {
  readonly detail:
    | string
    | readonly {
        readonly type: string;
        readonly loc: readonly (string | number)[];
        readonly msg: string;
      }[];
  readonly error: string;
}
