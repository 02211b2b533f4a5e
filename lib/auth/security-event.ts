import type { SessionEnd } from "./errors";
import type { RevokedReason, SessionId, User } from "./store";

/**
 * Something an operator wants to know of. Holds ids, never a token, a password or what somebody typed. The flows say
 * what happened; `lib/http/call.ts` adds who asked. OPERATION.md, "Logs", says when each is told.
 */
export interface SecurityEvent {
  readonly event: SecurityEventName;
  readonly userId?: string;
  readonly sessionId?: string;
  /** A word from a fixed list. */
  readonly reason?: string;
  /** What a refused token was shown for. */
  readonly use?: TokenUse;
  /** How many sessions ended at once; `sessionId` is then the one that asked for it, if one did. */
  readonly count?: number;
  readonly requestId?: string;
  readonly ip?: string | null;
}

/** A request that asks for an access token, a refresh, or a page that looks at a refresh token. */
export type TokenUse = "access" | "refresh" | "peek";

/** How loudly each is told. What somebody should look at is a warning. Names follow the OWASP logging vocabulary. */
const LEVELS = {
  user_created: "info",
  user_updated: "info",
  user_deleted: "info",
  authn_login_success: "info",
  authn_login_fail: "info",
  authn_login_fail_max: "warn",
  authn_password_upgraded: "info",
  authn_password_change: "info",
  authn_token_reuse: "warn",
  session_created: "info",
  session_renewed: "info",
  session_logout: "info",
  session_ended: "info",
  session_expired: "info",
  session_refused: "info",
  session_seen_elsewhere: "info",
  authz_fail: "warn",
  excess_rate_limit_exceeded: "warn",
  malicious_csrf: "warn",
} as const satisfies Record<string, "info" | "warn">;

export type SecurityEventName = keyof typeof LEVELS;

/** All of them; OPERATION.md has a row for each. */
export const SECURITY_EVENTS = Object.keys(LEVELS) as readonly SecurityEventName[];

export function levelOf({ event }: SecurityEvent): "info" | "warn" {
  return LEVELS[event];
}

/** What a session's end is called when somebody ends it: signing out, or for one of the other reasons. */
export function endOf(reason: RevokedReason): Pick<SecurityEvent, "event" | "reason"> {
  return { event: reason === "logout" ? "session_logout" : "session_ended", reason };
}

/** An authentic token whose session is over or unknown. @param user whose session it was, as far as that is sure */
export function refusalOf(
  ended: SessionEnd,
  use: TokenUse,
  sessionId: SessionId,
  user?: User,
): SecurityEvent {
  const event = ended === "expired" ? "session_expired" : "session_refused";
  return { event, reason: ended, use, sessionId, ...(user && { userId: user.id }) };
}
