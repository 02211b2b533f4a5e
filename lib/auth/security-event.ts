/**
 * Something an operator wants to know of. Names follow the OWASP logging vocabulary. Holds ids, never a token,
 * a password or what somebody typed. The flows say what happened; `lib/http/call.ts` adds who asked.
 */
export interface SecurityEvent {
  readonly event: SecurityEventName;
  readonly userId?: string;
  readonly sessionId?: string;
  readonly reason?: string;
  readonly count?: number;
  readonly requestId?: string;
  readonly ip?: string | null;
}

export type SecurityEventName =
  | "user_created"
  | "authn_login_success"
  | "authn_login_fail"
  | "authn_login_fail_max"
  | "authn_password_upgraded"
  | "authn_token_reuse"
  | "session_created"
  | "session_renewed"
  | "session_refused"
  | "session_ended"
  | "session_seen_elsewhere"
  | "authz_fail"
  | "excess_rate_limit_exceeded"
  | "malicious_csrf";

/** What should wake somebody up, or at least be looked at. */
const ALARMS: ReadonlySet<SecurityEventName> = new Set(["authn_token_reuse", "malicious_csrf"]);

/** How loudly an event is told. */
export function levelOf({ event }: SecurityEvent): "info" | "warn" {
  return ALARMS.has(event) ? "warn" : "info";
}
