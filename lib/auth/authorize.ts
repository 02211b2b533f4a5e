import { verifyAccessToken } from "./access-token";
import type { AuthContext } from "./context";
import { AuthError } from "./errors";
import { narrowScope, type Role } from "./policy";
import { howEnded } from "./rotation";
import { refusalOf } from "./security-event";
import type { Session, User } from "./store";

/** Who asks, and what for. */
export interface Authorized {
  readonly user: User;
  readonly session: Session;
  /** What the token was granted and the live role still allows. */
  readonly scope: string;
  /** What is left of the access token; 0 when the refresh token spoke for it. */
  readonly remainingSeconds: number;
}

/** What an endpoint asks for beyond a live session. */
export interface Need {
  readonly role?: Role;
  readonly scope?: string;
}

/**
 * Who an access token speaks for. The session row is read every time, so a session that was ended, or a user who was
 * disabled, is refused by the very next request on every instance; the live role wins over the claim.
 *
 * @throws AuthError `missing_token`, `invalid_token`, `insufficient_scope`, `unavailable`
 * @see RFC 6750 section 3
 */
export async function authorize(
  accessToken: string | null,
  context: AuthContext,
  need: Need = {},
): Promise<Authorized> {
  if (accessToken === null) throw new AuthError("missing_token");
  const claims = await verifyAccessToken(accessToken, context);
  const now = context.clock.now();
  const found = await context.store.findSession(claims.sid);
  const own = found?.user.id === claims.sub ? found : null;
  const ended = own === null ? "unknown" : howEnded(own, now);
  if (own === null || ended !== null) {
    context.report(refusalOf(ended ?? "unknown", "access", claims.sid, own?.user));
    throw new AuthError("invalid_token", { description: "The session has ended" });
  }
  const { user, session } = own;
  const scope = narrowScope(claims.scope, user.role);
  const remainingSeconds = Math.max(0, claims.exp - now / 1000);
  return requireNeed({ user, session, scope, remainingSeconds }, need, context);
}

/**
 * Who asks, if he may; however it was found out who he is.
 *
 * @throws AuthError `insufficient_scope`
 */
export function requireNeed(
  authorized: Authorized,
  { role, scope }: Need,
  { report }: AuthContext,
): Authorized {
  const { user, session } = authorized;
  const lacksRole = role === "admin" && user.role !== "admin";
  const lacksScope = scope !== undefined && !authorized.scope.split(" ").includes(scope);
  if (!lacksRole && !lacksScope) return authorized;
  const reason = lacksRole ? "role" : "scope";
  report({ event: "authz_fail", userId: user.id, sessionId: session.id, reason });
  throw new AuthError("insufficient_scope");
}
