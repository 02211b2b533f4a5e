import type { SessionEnd } from "@/lib/auth/errors";
import type { SignInReason } from "@/lib/contract";

/** What somebody is told of how a session ended; null: nothing worth telling. */
export const SIGN_IN_REASON: Readonly<Record<SessionEnd, SignInReason | null>> = {
  logout: "signed_out",
  replaced: "signed_out",
  ended: "ended",
  cap: "ended",
  disabled: "ended",
  password_changed: "ended",
  reuse: "reuse",
  recovery_expired: "expired",
  expired: "expired",
  unknown: null,
};
