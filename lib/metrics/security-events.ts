import type { SecurityEvent, SecurityEventName } from "@/lib/auth/security-event";
import { type Instruments, instruments } from "./instruments";

/** Counts what the log tells, so that the flows need not know that anybody counts. */
export function countEvent(event: SecurityEvent): void {
  COUNTS[event.event]?.(instruments(), { reason: "", ...event });
}

type Told = SecurityEvent & { readonly reason: string };
type Count = (counted: Instruments, told: Told) => void;

const COUNTS: Partial<Record<SecurityEventName, Count>> = {
  user_created: ({ registrations }) => registrations.inc(),
  authn_login_success: ({ logins }) => logins.inc(),
  authn_login_fail: ({ loginFailures }, { reason }) => loginFailures.inc({ reason }),
  authn_token_reuse({ reuses, sessionEnds, refreshes }) {
    reuses.inc();
    sessionEnds.inc({ reason: "reuse" });
    refreshes.inc({ verdict: "reuse" });
  },
  session_created: ({ sessionsOpened }) => sessionsOpened.inc(),
  session_renewed: ({ refreshes }, { reason: verdict }) => refreshes.inc({ verdict }),
  session_logout: countEnd,
  session_ended: countEnd,
  session_expired: countRefusal,
  session_refused: countRefusal,
  excess_rate_limit_exceeded: ({ limited }, { reason: limit }) => limited.inc({ limit }),
  malicious_csrf: ({ crossSite }) => crossSite.inc(),
};

function countEnd({ sessionEnds, refreshes }: Instruments, { reason, count = 1 }: Told): void {
  sessionEnds.inc({ reason }, count);
  // a refresh ended it, just now
  if (reason === "recovery_expired") refreshes.inc({ verdict: reason });
}

function countRefusal({ refreshes }: Instruments, { reason, use }: Told): void {
  if (use !== "refresh") return;
  // however a session was ended before, its tokens are now those of a revoked one
  const isTelling = ["expired", "disabled", "unknown", "garbage"].includes(reason);
  refreshes.inc({ verdict: isTelling ? reason : "revoked" });
}
