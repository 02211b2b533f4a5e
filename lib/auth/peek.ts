import type { Authorized } from "./authorize";
import type { AuthContext } from "./context";
import type { SessionEnd } from "./errors";
import { narrowScope } from "./policy";
import { hashSecret, parseRefreshToken } from "./refresh-token";
import { howEnded, judge } from "./rotation";
import { refusalOf } from "./security-event";
import type { Client } from "./session";

/** What a refresh token means to a page that only looks. */
export type Peek =
  /** Current, or just rotated away: this is who asks. */
  | { readonly kind: "session"; readonly authorized: Authorized }
  /** The browser seems to have lost an answer; a refresh with its attempt may get the session back. */
  | { readonly kind: "resume" }
  | { readonly kind: "none"; readonly ended: SessionEnd };

/**
 * Reads who the refresh token of a cookie session belongs to without rotating it. Writes nothing, revokes nothing,
 * whatever it sees.
 *
 * @throws AuthError `unavailable`
 */
export async function peek(token: string, client: Client, context: AuthContext): Promise<Peek> {
  const { store, clock, keys, settings, report } = context;
  const claims = parseRefreshToken(token, keys);
  if (claims === null) return none("unknown");
  const found = await store.findSession(claims.sessionId);
  if (found?.session.secretHash !== hashSecret(claims.secret)) {
    report(refusalOf("unknown", "peek", claims.sessionId));
    return none("unknown");
  }
  const { session, user } = found;
  const now = clock.now();
  const ended = howEnded(found, now);
  if (ended !== null) {
    report(refusalOf(ended, "peek", session.id, user));
    return none(ended);
  }
  if (session.transport !== "cookie") return none("unknown");
  const { generation } = claims;
  const verdict = judge(session, generation, null, now, settings);
  if (verdict === "rotate" || verdict === "repeat") {
    if (client.ip !== session.ip || client.userAgent !== session.userAgent) {
      report({ event: "session_seen_elsewhere", userId: user.id, sessionId: session.id });
    }
    const scope = narrowScope(session.scope, user.role);
    return { kind: "session", authorized: { user, session, scope, remainingSeconds: 0 } };
  }
  // reuse from anybody but the browser that wrote down the attempt before it sent it
  const mayResume = generation === session.generation - 1 && session.attemptHash !== null;
  return mayResume ? { kind: "resume" } : none("unknown");
}

function none(ended: SessionEnd): Peek {
  return { kind: "none", ended };
}
