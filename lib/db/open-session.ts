import type { Session, SessionId } from "@/lib/auth/store";
import { type Client, Prisma } from "./client";
import { insertion } from "./columns";
import { fromSession } from "./rows";

/** SQLite wants a LIMIT before an OFFSET. */
const NO_LIMIT = 2 ** 31 - 1;

/**
 * `Store.openSession`: an INSERT that finds the user as the login saw it, and an UPDATE that trims to the cap if the
 * INSERT happened; both or neither.
 *
 * @param rowLock what makes the INSERT wait for a change of the user that is under way, and a change wait for it.
 *   SQLite has one writer at a time and needs none.
 */
export async function openSession(
  client: Client,
  rowLock: Prisma.Sql,
  session: Session,
  verifiedHash: string,
  maxSessions: number,
): Promise<readonly SessionId[] | null> {
  const { id, userId, transport, createdAt } = fromSession(session);
  const insert = client.$executeRaw(Prisma.sql`
    INSERT INTO session ${insertion(fromSession(session))} FROM "user"
    WHERE "user".id = ${userId} AND "user".disabled = FALSE AND "user".password_hash = ${verifiedHash}
    ${rowLock}`);
  const trim = client.$queryRaw<{ readonly id: SessionId }[]>(Prisma.sql`
    UPDATE session SET revoked_at = ${createdAt}, revoked_reason = 'cap'
    WHERE revoked_at IS NULL
      AND EXISTS (SELECT 1 FROM session AS opened WHERE opened.id = ${id})
      AND id IN (
        SELECT other.id FROM session AS other
        WHERE other.user_id = ${userId} AND other.transport = ${transport} AND other.id <> ${id}
          AND other.revoked_at IS NULL
          AND other.idle_end_at > ${createdAt} AND other.absolute_end_at > ${createdAt}
        ORDER BY other.rotated_at DESC, other.created_at DESC
        LIMIT ${NO_LIMIT} OFFSET ${maxSessions - 1})
    RETURNING id`);
  const [inserted, trimmed] = await client.$transaction([insert, trim]);
  return inserted === 1 ? trimmed.map((row) => row.id) : null;
}
