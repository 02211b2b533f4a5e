import { addSeconds, type Instant } from "@/lib/clock";
import { afterFailure } from "../budget";
import type { FailureCounts, FailureKey } from "../failure-counts";

interface Row {
  readonly failures: number;
  readonly closedUntil: Instant;
  readonly forgottenAt: Instant;
}

/** The executable specification of `FailureCounts`, as `memoryStore` is of the rest. */
export function memoryFailureCounts(): FailureCounts {
  const rows = new Map<FailureKey, Row>();
  const closedUntil = (key: FailureKey) => rows.get(key)?.closedUntil ?? 0;

  return {
    async reserve(key, budget, now) {
      if (closedUntil(key) > now) return { isOpen: false, closedUntil: closedUntil(key) };
      const row = rows.get(key);
      const failures = row === undefined || row.forgottenAt <= now ? 1 : row.failures + 1;
      const { waitSeconds, forgottenSeconds } = afterFailure(failures, budget);
      const taken = { failures, closedUntil: waitSeconds === 0 ? 0 : addSeconds(now, waitSeconds) };
      rows.set(key, { ...taken, forgottenAt: addSeconds(now, forgottenSeconds) });
      return { isOpen: true, key, budget, ...taken };
    },

    async withdraw(taken) {
      const row = rows.get(taken.key);
      if (row === undefined || row.failures === 0) return;
      const failures = row.failures - 1;
      const opens = failures < taken.budget.freeFailures || row.closedUntil === taken.closedUntil;
      const forgottenAt = failures === 0 ? 0 : row.forgottenAt;
      rows.set(taken.key, { failures, closedUntil: opens ? 0 : row.closedUntil, forgottenAt });
    },

    async forget(key) {
      rows.delete(key);
    },

    async closedUntil(key, now) {
      return closedUntil(key) > now ? closedUntil(key) : null;
    },

    async sweep(now, atMost) {
      const forgotten = [...rows].filter(([, { forgottenAt }]) => forgottenAt <= now);
      const swept = forgotten.slice(0, atMost);
      for (const [key] of swept) rows.delete(key);
      return swept.length;
    },
  };
}
