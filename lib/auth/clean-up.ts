import { setTimeout as pause } from "node:timers/promises";
import { addSeconds } from "@/lib/clock";
import type { AuthContext } from "./context";
import { newId } from "./new-id";

/** How many rows were deleted. */
export interface CleanedUp {
  readonly sessions: number;
  /** Counts of failures that are forgotten. */
  readonly throttles: number;
}

interface Options {
  /** Rows of one statement: it is over before anybody notices that he waits for it. */
  readonly batchRows?: number;
  /** Between two statements, so that everybody else gets his turn. */
  readonly pauseMs?: number;
  /** Ends the work after the statement that is under way. */
  readonly signal?: AbortSignal;
}

const LEASE = "clean-up";
/** Longer than any statement may take; whoever dies at work is replaced after it. */
const LEASE_SECONDS = 60;

/**
 * Deletes what is of no use any more: sessions whose absolute end has come, and failures that are forgotten. In small
 * batches, and by one instance at a time; the right to it is claimed anew before each batch. Who lost it nevertheless,
 * because it was suspended for a minute, does no harm with the batch that it had begun.
 * A session that was ended earlier stays until then, so that its old tokens are told from nonsense.
 *
 * @returns how much of it this call did; null: another instance is at it
 * @throws AuthError `unavailable`; what was deleted until then stays deleted
 */
export async function cleanUp(
  { store, clock }: Pick<AuthContext, "store" | "clock">,
  { batchRows = 500, pauseMs = 50, signal }: Options = {},
): Promise<CleanedUp | null> {
  const holder = newId();
  const { upkeep, failures } = store;
  const claim = () => {
    const now = clock.now();
    return upkeep.claimLease(LEASE, holder, now, addSeconds(now, LEASE_SECONDS));
  };
  /** Batch after batch, as long as each is a full one. */
  const drain = async (deleteBatch: () => Promise<number>) => {
    let rows = 0;
    while (!signal?.aborted && (await claim())) {
      const deleted = await deleteBatch();
      rows += deleted;
      if (deleted < batchRows) break;
      await pause(pauseMs, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});
    }
    return rows;
  };

  if (!(await claim())) return null;
  try {
    return {
      sessions: await drain(() => upkeep.deleteDeadSessions(clock.now(), batchRows)),
      throttles: await drain(() => failures.sweep(clock.now(), batchRows)),
    };
  } finally {
    await upkeep.releaseLease(LEASE, holder);
  }
}
