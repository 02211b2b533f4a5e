import { afterFailure, type Budget, doublings } from "@/lib/auth/budget";
import type { FailureCounts, FailureKey, Taken } from "@/lib/auth/failure-counts";
import { addSeconds, type Instant } from "@/lib/clock";
import { type Client, Prisma } from "./client";
import { milliseconds } from "./rows";
import { answered } from "./unavailable";

/** Rows are deleted so often, counted in reservations of this process, and so many at once. */
const SWEEP_EVERY = 256;
const SWEEP_ROWS = 500;

const { sql } = Prisma;

/** `Store.failures` on Prisma: one statement decides, the same text on both databases, in autocommit. */
export function failureCounts(client: Client): FailureCounts {
  let reservations = 0;
  const counts: FailureCounts = {
    async reserve(key, budget, now) {
      reservations += 1;
      // beside the answer's way: who waits for a login does not wait for this
      if (reservations % SWEEP_EVERY === 0) void counts.sweep(now, SWEEP_ROWS).catch(() => {});
      // looked at first, so that a flood of refused ones stands in nobody's way: reading waits for no writer
      const closedUntil = await counts.closedUntil(key, now);
      if (closedUntil !== null) return { isOpen: false, closedUntil };
      const taken = await answered(() => take(client, key, budget, now));
      if (taken !== null) return { isOpen: true, ...taken };
      return { isOpen: false, closedUntil: (await counts.closedUntil(key, now)) ?? now };
    },

    withdraw: ({ key, budget, closedUntil }) =>
      answered(async () => {
        await client.$executeRaw(sql`
          UPDATE throttle SET
            failures = failures - 1,
            closed_until = CASE
              WHEN failures - 1 < ${budget.freeFailures} OR closed_until = ${milliseconds(closedUntil)} THEN 0
              ELSE closed_until END,
            forgotten_at = CASE WHEN failures = 1 THEN 0 ELSE forgotten_at END
          WHERE key = ${key} AND failures > 0`);
      }),

    forget: (key) =>
      answered(async () => {
        await client.$executeRaw(sql`DELETE FROM throttle WHERE key = ${key}`);
      }),

    closedUntil: (key, now) =>
      answered(async () => {
        const [row] = await client.$queryRaw<{ readonly closedUntil: bigint }[]>(sql`
          SELECT closed_until AS "closedUntil" FROM throttle
          WHERE key = ${key} AND closed_until > ${milliseconds(now)}`);
        return row === undefined ? null : Number(row.closedUntil);
      }),

    sweep: (now, atMost) =>
      answered(() =>
        client.$executeRaw(sql`
          DELETE FROM throttle WHERE forgotten_at <= ${milliseconds(now)} AND key IN (
            SELECT key FROM throttle WHERE forgotten_at <= ${milliseconds(now)}
            ORDER BY forgotten_at LIMIT ${atMost})`),
      ),
  };
  return counts;
}

/**
 * Counts one failure where the gate is open, else null. The CASEs are `afterFailure` (budget.ts), and the store
 * contract holds them to it; a shift by bits doubles on both databases.
 */
async function take(
  client: Client,
  key: FailureKey,
  budget: Budget,
  instant: Instant,
): Promise<Taken | null> {
  const now = milliseconds(instant);
  const first = afterFailure(1, budget);
  const { freeFailures, lastFailure } = budget;
  const [firstWait, longestWait, memory] = [
    span(budget.firstWaitSeconds),
    span(budget.longestWaitSeconds),
    span(budget.memorySeconds),
  ];
  const failures = sql`(CASE WHEN throttle.forgotten_at <= ${now} THEN 1 ELSE throttle.failures + 1 END)`;
  const wait = sql`CASE
    WHEN ${failures} < ${freeFailures} THEN 0
    WHEN ${failures} >= ${freeFailures + doublings(budget)} THEN ${longestWait}
    ELSE ${firstWait} << (${failures} - ${freeFailures}) END`;

  const rows = await client.$queryRaw<{ failures: number; closedUntil: bigint }[]>(sql`
    INSERT INTO throttle (key, failures, closed_until, forgotten_at)
    VALUES (${key}, 1, ${closing(instant, first.waitSeconds)},
      ${milliseconds(addSeconds(instant, first.forgottenSeconds))})
    ON CONFLICT (key) DO UPDATE SET
      failures = ${failures},
      closed_until = CASE
        WHEN ${failures} >= ${lastFailure} THEN ${now} + ${memory}
        WHEN ${failures} < ${freeFailures} THEN 0
        ELSE ${now} + ${wait} END,
      forgotten_at = CASE
        WHEN ${failures} >= ${lastFailure} THEN ${now} + ${memory}
        ELSE ${now} + ${memory} + ${wait} END
    WHERE throttle.closed_until <= ${now}
    RETURNING failures, closed_until AS "closedUntil"`);
  const [row] = rows;
  return row === undefined
    ? null
    : { key, budget, failures: row.failures, closedUntil: Number(row.closedUntil) };
}

/** A length of time as the database holds it, told to be a BIGINT: PostgreSQL could not infer it. */
function span(seconds: number): Prisma.Sql {
  return sql`CAST(${BigInt(seconds * 1000)} AS BIGINT)`;
}

function closing(now: Instant, waitSeconds: number): bigint {
  return waitSeconds === 0 ? 0n : milliseconds(addSeconds(now, waitSeconds));
}
