import type { PresentedRefresh, Windows } from "@/lib/auth/rotation";
import type { SessionWithUser } from "@/lib/auth/store";
import { addSeconds, type Instant } from "@/lib/clock";
import { type Client, Prisma } from "./client";
import { LOOKED_UP_USER_COLUMNS, SESSION_COLUMNS } from "./columns";
import { type JoinedRow, milliseconds, toSessionWithUser } from "./rows";

/** What the column holds. A token beyond it is ahead of every row; two billion rotations are not reached. */
const LARGEST_GENERATION = 2 ** 31 - 1;
/** Later than every `rotatedAt`: the largest number a BIGINT holds. */
const NEVER = 2n ** 63n - 1n;

/**
 * `Store.rotateSession` as one UPDATE, the same text on both databases: the CASEs below are `judge` (rotation.ts),
 * branch by branch, and the store contract holds them to it.
 *
 * In autocommit at READ COMMITTED a second UPDATE of the same row waits for the first and then looks at the row
 * again, conditions and CASEs alike; so of a hundred at once one rotates and the others repeat.
 */
export async function rotateSession(
  client: Client,
  presented: PresentedRefresh,
  instant: Instant,
  windows: Windows,
): Promise<SessionWithUser | null> {
  const { id, secretHash, generation, attemptHash, transport } = presented;
  if (generation >= LARGEST_GENERATION) return null;
  const now = milliseconds(instant);
  const idleEndAt = milliseconds(addSeconds(instant, windows.idleSeconds));
  const graceStart = windowStart(instant, windows.graceSeconds);
  const recoveryStart = windowStart(instant, windows.recoverySeconds);

  const { sql } = Prisma;
  const current = sql`generation = ${generation}`;
  const predecessor = sql`generation = ${generation + 1}`;
  const sameAttempt = sql`attempt_hash = ${attemptHash}`;
  const repeat = sql`${predecessor} AND (rotated_at > ${graceStart} OR (${sameAttempt} AND rotated_at > ${recoveryStart}))`;
  const ofTransport = transport === null ? Prisma.empty : sql`AND transport = ${transport}`;

  const rows = await client.$queryRaw<JoinedRow[]>(sql`
    UPDATE session SET
      generation = CASE WHEN ${current} THEN generation + 1 ELSE generation END,
      rotated_at = CASE WHEN ${current} THEN ${now} ELSE rotated_at END,
      attempt_hash = CASE WHEN ${current} THEN ${attemptHash} ELSE attempt_hash END,
      idle_end_at = CASE
        WHEN NOT (${current}) THEN idle_end_at
        WHEN absolute_end_at < ${idleEndAt} THEN absolute_end_at
        ELSE ${idleEndAt} END,
      revoked_at = CASE
        WHEN ${current} OR (${repeat}) THEN NULL
        ELSE CAST(${now} AS BIGINT) END,
      revoked_reason = CASE
        WHEN ${current} OR (${repeat}) THEN NULL
        WHEN ${predecessor} AND ${sameAttempt} THEN 'recovery_expired'
        ELSE 'reuse' END
    WHERE id = ${id} AND secret_hash = ${secretHash} AND generation >= ${generation} ${ofTransport}
      AND revoked_at IS NULL AND idle_end_at > ${now} AND absolute_end_at > ${now}
      AND EXISTS (SELECT 1 FROM "user" WHERE "user".id = session.user_id AND "user".disabled = FALSE)
    RETURNING ${SESSION_COLUMNS}, ${LOOKED_UP_USER_COLUMNS}`);
  const [row] = rows;
  return row === undefined ? null : toSessionWithUser(row);
}

/** A rotation after this instant is inside a window of `seconds`; so is one in the future, unless there is no window. */
function windowStart(now: Instant, seconds: number): bigint {
  return seconds > 0 ? milliseconds(addSeconds(now, -seconds)) : NEVER;
}
