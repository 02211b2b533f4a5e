import { addSeconds, type Instant, secondsBetween } from "@/lib/clock";
import type { SessionEnd } from "./errors";
import type { Session, SessionId, SessionWithUser, Transport } from "./store";

/** The time limits of rotation, in seconds. */
export interface Windows {
  /** How long after a rotation the old token still gets its successor, for races; 0 = not at all. */
  readonly graceSeconds: number;
  /** How long after a rotation the attempt that made it may ask again, for a lost answer; 0 = off. */
  readonly recoverySeconds: number;
  /** How far a rotation moves the idle end. */
  readonly idleSeconds: number;
}

/** An authentic refresh token, as the database sees it. */
export interface PresentedRefresh {
  readonly id: SessionId;
  readonly secretHash: string;
  readonly generation: number;
  readonly attemptHash: string | null;
  /** Only sessions of this transport; null: of any. */
  readonly transport: Transport | null;
}

/** What presenting a refresh token of a live session means. */
export type Verdict = "rotate" | "repeat" | "reuse" | "recovery_expired" | "ahead";

type Rotated = Pick<Session, "generation" | "rotatedAt" | "attemptHash">;

/**
 * What presenting a refresh token of generation `presented` means for a live session. Pure.
 *
 * Both windows run from `rotatedAt`, exclude their end instant, and neither slides.
 * Does NOT check that the token is authentic or that the session is live; the caller has done both.
 *
 * @see RFC 9700 section 4.14.2; DECISIONS.md "Two windows"
 */
export function judge(
  session: Rotated,
  presented: number,
  attemptHash: string | null,
  now: Instant,
  windows: Windows,
): Verdict {
  if (presented > session.generation) return "ahead";
  if (presented === session.generation) return "rotate";
  if (presented < session.generation - 1) return "reuse";
  const ageSeconds = secondsBetween(session.rotatedAt, now);
  if (ageSeconds < windows.graceSeconds) return "repeat";
  if (attemptHash === null || attemptHash !== session.attemptHash) return "reuse";
  return ageSeconds < windows.recoverySeconds ? "repeat" : "recovery_expired";
}

/** A session nobody ended and whose time has not run out; it is dead at exactly its end. */
export function isLive(
  session: Pick<Session, "revokedAt" | "idleEndAt" | "absoluteEndAt">,
  now: Instant,
): boolean {
  return session.revokedAt === null && now < session.idleEndAt && now < session.absoluteEndAt;
}

/** How a session ended; null while it lives. A disabled user's sessions do not. */
export function howEnded({ session, user }: SessionWithUser, now: Instant): SessionEnd | null {
  if (session.revokedReason !== null) return session.revokedReason;
  if (!isLive(session, now)) return "expired";
  return user.disabled ? "disabled" : null;
}

/** The idle end of a session used at `now`: never past its absolute end. */
export function idleEnd(now: Instant, idleSeconds: number, absoluteEndAt: Instant): Instant {
  return Math.min(addSeconds(now, idleSeconds), absoluteEndAt);
}
