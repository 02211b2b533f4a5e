import type { Authorized } from "./authorize";
import type { AuthContext } from "./context";
import { AuthError } from "./errors";
import { endOf } from "./security-event";
import { endSession } from "./session";
import type { Session, SessionId } from "./store";

/** The user's own live sessions, newest use first. @throws AuthError `unavailable` */
export function listSessions(
  { user }: Authorized,
  { store, clock }: AuthContext,
): Promise<readonly Session[]> {
  return store.listSessions(user.id, clock.now());
}

/** Ends one of the user's own sessions. @throws AuthError `not_found` alike for another user's, a dead and an unknown id */
export async function endOwnSession(
  { user }: Authorized,
  id: string,
  context: AuthContext,
): Promise<void> {
  // what no session is called is not asked for: PostgreSQL refuses some texts altogether
  if (!/^[\w-]{22}$/.test(id)) throw new AuthError("not_found");
  const ended = await endSession({ id: id as SessionId, userId: user.id }, "ended", context);
  if (!ended) throw new AuthError("not_found");
}

/** Ends all of the user's sessions but the one that asks. @throws AuthError `unavailable` */
export async function endOtherSessions(
  { user, session }: Authorized,
  { store, clock, report }: AuthContext,
): Promise<void> {
  const count = await store.revokeSessions(user.id, session.id, "ended", clock.now());
  report({ ...endOf("ended"), userId: user.id, sessionId: session.id, count });
}
