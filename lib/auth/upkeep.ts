import type { Instant } from "@/lib/clock";

/**
 * What keeps the database small, and sees to it that one instance does so at a time. The part of `Store` that the
 * clean-up asks for; its duties are those of `Store`.
 */
export interface Upkeep {
  /**
   * Takes the lease of this name until `expiresAt`, or prolongs it: true when nobody had it, its holder already did, or
   * its time was over at exactly `now`. Of any number at once one succeeds.
   */
  claimLease(name: string, holder: string, now: Instant, expiresAt: Instant): Promise<boolean>;

  /** Gives a lease back before its time; nothing when somebody else holds it by now. */
  releaseLease(name: string, holder: string): Promise<void>;

  /** Deletes sessions whose absolute end has come at `now`, the oldest first, at most so many; how many. */
  deleteDeadSessions(now: Instant, atMost: number): Promise<number>;
}
