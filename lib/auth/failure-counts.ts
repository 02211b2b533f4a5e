import type { Instant } from "@/lib/clock";
import type { Budget } from "./budget";

/**
 * Counts of failures in a row, each behind a gate that its budget closes. The part of `Store` that limits ask for;
 * its duties are those of `Store`.
 *
 * A failure is counted **before** it is known to be one, so that any number of attempts at once cannot exceed a budget.
 */
export interface FailureCounts {
  /**
   * Counts a failure if the gate is open, in one step; the failure that uses a budget up closes it. Refused, nothing
   * changes: asking does not prolong the wait.
   */
  reserve(key: FailureKey, budget: Budget, now: Instant): Promise<Reservation>;

  /** Takes a reserved failure back, and the wait that it began. Where it was the only one, nothing is remembered. */
  withdraw(taken: Taken): Promise<void>;

  /** All failures of a key are forgotten, and its gate is open. */
  forget(key: FailureKey): Promise<void>;

  /** When the gate opens; null: it is open at `now`. */
  closedUntil(key: FailureKey, now: Instant): Promise<Instant | null>;

  /** Deletes what is forgotten at `now`, at most so many rows; how many. */
  sweep(now: Instant, atMost: number): Promise<number>;
}

/** base64url of SHA-256 of what is counted. */
export type FailureKey = string & { readonly brand: "FailureKey" };

export type Reservation =
  | ({ readonly isOpen: true } & Taken)
  | { readonly isOpen: false; readonly closedUntil: Instant };

/** A failure that is counted. */
export interface Taken {
  readonly key: FailureKey;
  readonly budget: Budget;
  /** With this one, in a row. */
  readonly failures: number;
  /** 0: it closed nothing. */
  readonly closedUntil: Instant;
}
