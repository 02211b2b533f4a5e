import type { PresentedRefresh, Windows } from "@/lib/auth/rotation";
import type { SessionWithUser } from "@/lib/auth/store";
import { addSeconds, type Instant } from "@/lib/clock";
import { LOOKED_UP_USER_COLUMNS, SESSION_COLUMNS } from "./columns";
import { type DriverRow, milliseconds, toSessionWithUser } from "./rows";
import { type Statements, statement } from "./statement";

/** What the column holds. A token beyond it is ahead of every row; two billion rotations are not reached. */
const LARGEST_GENERATION = 2 ** 31 - 1;
/** Later than every `rotatedAt`: the largest number a BIGINT holds. */
const NEVER = 2n ** 63n - 1n;

const CURRENT = "generation = $generation";
const PREDECESSOR = "generation = $generation + 1";
const SAME_ATTEMPT = "attempt_hash = $attemptHash";
const REPEAT = `${PREDECESSOR}
  AND (rotated_at > $graceStart OR (${SAME_ATTEMPT} AND rotated_at > $recoveryStart))`;

/**
 * `Store.rotateSession` as one UPDATE, the same text on both databases: the CASEs below are `judge` (rotation.ts),
 * branch by branch, and the store contract holds them to it.
 *
 * Of a hundred at once one rotates and the others repeat. On PostgreSQL, each alone at READ COMMITTED, a second UPDATE of
 * the same row waits for the first and then looks at the row again, conditions and CASEs alike; on SQLite they are done
 * one after the other, also where several are committed together.
 */
const ROTATE_SESSION = statement<keyof ReturnType<typeof valuesOf>>(`
  UPDATE session SET
    generation = CASE WHEN ${CURRENT} THEN generation + 1 ELSE generation END,
    rotated_at = CASE WHEN ${CURRENT} THEN $now ELSE rotated_at END,
    attempt_hash = CASE WHEN ${CURRENT} THEN $attemptHash ELSE attempt_hash END,
    idle_end_at = CASE
      WHEN NOT (${CURRENT}) THEN idle_end_at
      WHEN absolute_end_at < $idleEndAt THEN absolute_end_at
      ELSE $idleEndAt END,
    revoked_at = CASE
      WHEN ${CURRENT} OR (${REPEAT}) THEN NULL
      ELSE CAST($now AS BIGINT) END,
    revoked_reason = CASE
      WHEN ${CURRENT} OR (${REPEAT}) THEN NULL
      WHEN ${PREDECESSOR} AND ${SAME_ATTEMPT} THEN 'recovery_expired'
      ELSE 'reuse' END
  WHERE id = $id AND secret_hash = $secretHash AND generation >= $generation
    AND transport = COALESCE($transport, transport)
    AND revoked_at IS NULL AND idle_end_at > $now AND absolute_end_at > $now
    AND EXISTS (SELECT 1 FROM "user" WHERE "user".id = session.user_id AND "user".disabled = FALSE)
  RETURNING ${SESSION_COLUMNS}, ${LOOKED_UP_USER_COLUMNS}`);

/** `Store.rotateSession`. */
export async function rotateSession(
  statements: Statements,
  presented: PresentedRefresh,
  now: Instant,
  windows: Windows,
): Promise<SessionWithUser | null> {
  if (presented.generation >= LARGEST_GENERATION) return null;
  const values = valuesOf(presented, now, windows);
  const [row] = await statements.write<DriverRow, keyof typeof values>(ROTATE_SESSION, values);
  return row === undefined ? null : toSessionWithUser(row);
}

function valuesOf(presented: PresentedRefresh, now: Instant, windows: Windows) {
  const { id, secretHash, generation, attemptHash, transport } = presented;
  return {
    id,
    secretHash,
    generation,
    attemptHash,
    transport,
    now: milliseconds(now),
    idleEndAt: milliseconds(addSeconds(now, windows.idleSeconds)),
    graceStart: windowStart(now, windows.graceSeconds),
    recoveryStart: windowStart(now, windows.recoverySeconds),
  };
}

/** A rotation after this instant is inside a window of `seconds`; so is one in the future, unless there is no window. */
function windowStart(now: Instant, seconds: number): bigint {
  return seconds > 0 ? milliseconds(addSeconds(now, -seconds)) : NEVER;
}
