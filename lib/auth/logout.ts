import { verifyAccessToken } from "./access-token";
import type { AuthContext } from "./context";
import { isLive } from "./rotation";
import { endOf } from "./security-event";
import { endSession, matchOf } from "./session";
import type { SessionMatch } from "./store";

/** What a client shows of the session it wants ended; any of it, or nothing. */
export interface Logout {
  readonly refreshToken: string | null;
  readonly accessToken: string | null;
  /** All sessions of the user, on all devices. */
  readonly everywhere: boolean;
}

/** An access token this long past its end still says which session to end. */
const EXPIRED_FOR_SECONDS = 30 * 24 * 60 * 60;

/**
 * Ends the session of every authentic token that is shown: a refresh token of any generation, an access token even
 * when it is expired. Idempotent: garbage and dead sessions are nothing to do. Declares no reuse.
 *
 * @throws AuthError `unavailable`
 */
export async function logout(shown: Logout, context: AuthContext): Promise<void> {
  for (const match of await sessionsOf(shown, context)) {
    if (shown.everywhere) await endEverywhere(match, context);
    else await endSession(match, "logout", context);
  }
}

async function sessionsOf(shown: Logout, context: AuthContext): Promise<readonly SessionMatch[]> {
  const matches: SessionMatch[] = [];
  const match = shown.refreshToken === null ? null : matchOf(shown.refreshToken, context);
  if (match !== null) matches.push(match);
  if (shown.accessToken !== null) {
    const options = { expiredForSeconds: EXPIRED_FOR_SECONDS };
    const access = await verifyAccessToken(shown.accessToken, context, options).catch(() => null);
    if (access !== null) matches.push({ id: access.sid, userId: access.sub });
  }
  return matches;
}

async function endEverywhere(match: SessionMatch, context: AuthContext): Promise<void> {
  const { store, clock, report } = context;
  const found = await store.findSession(match.id);
  if (found === null || !isLive(found.session, clock.now())) return;
  const { session, user } = found;
  const strangerSecret = match.secretHash !== undefined && match.secretHash !== session.secretHash;
  const strangerUser = match.userId !== undefined && match.userId !== user.id;
  if (strangerSecret || strangerUser) return;
  const count = await store.revokeSessions(user.id, null, "logout", clock.now());
  report({ ...endOf("logout"), userId: user.id, sessionId: session.id, count });
}
