/** How many failures in a row are free, and how the waits after them grow. */
export interface Budget {
  /** The last of these closes the gate for the first time. */
  readonly freeFailures: number;
  readonly firstWaitSeconds: number;
  /** Each failure doubles the wait, up to this. */
  readonly longestWaitSeconds: number;
  /** From the failure of this number on the gate stays closed until all is forgotten. */
  readonly lastFailure: number;
  /** Forgotten this long after the gate has opened again. */
  readonly memorySeconds: number;
}

/** What failures are counted of; also the `reason` that the log gives for a refusal. */
export type Counted = "account" | "address" | "device" | "register";

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const NEVER = 2 ** 31 - 1;

const ADDRESS: Budget = {
  freeFailures: 20,
  firstWaitSeconds: 10,
  longestWaitSeconds: HOUR_SECONDS,
  lastFailure: NEVER,
  memorySeconds: HOUR_SECONDS,
};

/**
 * @see NIST SP 800-63B-4 section 3.2.2: at most 100 consecutive failures of one account
 * @see DECISIONS.md "Limits: one statement a count"
 */
export const BUDGETS: Readonly<Record<Counted, Budget>> = {
  account: {
    freeFailures: 10,
    firstWaitSeconds: 10,
    longestWaitSeconds: DAY_SECONDS,
    lastFailure: 100,
    memorySeconds: 30 * DAY_SECONDS,
  },
  address: ADDRESS,
  device: {
    freeFailures: 10,
    firstWaitSeconds: DAY_SECONDS,
    longestWaitSeconds: DAY_SECONDS,
    lastFailure: 10,
    memorySeconds: DAY_SECONDS,
  },
  // every registration counts, successful or not
  register: { ...ADDRESS, freeFailures: 100 },
};

/** Whom no address tells apart share one count, which is this much larger. */
const SHARED_FACTOR = 5;

export function sharedBudget(budget: Budget): Budget {
  return { ...budget, freeFailures: budget.freeFailures * SHARED_FACTOR };
}

/** How often a first wait is doubled until it is the longest. */
export function doublings({ firstWaitSeconds, longestWaitSeconds }: Budget): number {
  return Math.ceil(Math.log2(longestWaitSeconds / firstWaitSeconds));
}

/** How long the gate closes with the failure of this number, and when all of them are forgotten after it. */
export function afterFailure(
  failures: number,
  budget: Budget,
): { readonly waitSeconds: number; readonly forgottenSeconds: number } {
  const { freeFailures, firstWaitSeconds, longestWaitSeconds, lastFailure, memorySeconds } = budget;
  if (failures >= lastFailure)
    return { waitSeconds: memorySeconds, forgottenSeconds: memorySeconds };
  const waitSeconds =
    failures < freeFailures
      ? 0
      : Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failures - freeFailures));
  return { waitSeconds, forgottenSeconds: waitSeconds + memorySeconds };
}
