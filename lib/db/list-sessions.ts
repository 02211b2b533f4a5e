import type { Session, UserId } from "@/lib/auth/store";
import type { Instant } from "@/lib/clock";
import type { SessionRow } from "./client";
import { SESSION_COLUMNS } from "./columns";
import { type FromDriver, milliseconds, toSession } from "./rows";
import { type Statements, statement } from "./statement";

const LIST_SESSIONS = statement<"userId" | "now">(`
  SELECT ${SESSION_COLUMNS} FROM session
  WHERE user_id = $userId
    AND revoked_at IS NULL AND idle_end_at > $now AND absolute_end_at > $now
  ORDER BY rotated_at DESC, created_at DESC`);

/** `Store.listSessions`. */
export async function listSessions(
  statements: Statements,
  userId: UserId,
  now: Instant,
): Promise<readonly Session[]> {
  const values = { userId, now: milliseconds(now) };
  const rows = await statements.read<FromDriver<SessionRow>, "userId" | "now">(
    LIST_SESSIONS,
    values,
  );
  return rows.map(toSession);
}
