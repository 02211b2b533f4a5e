import type { SessionId, SessionWithUser } from "@/lib/auth/store";
import { JOINED_USER_COLUMNS, SESSION_COLUMNS } from "./columns";
import { type DriverRow, toSessionWithUser } from "./rows";
import { type Statements, statement } from "./statement";

const FIND_SESSION = statement<"id">(`
  SELECT ${SESSION_COLUMNS}, ${JOINED_USER_COLUMNS}
  FROM session JOIN "user" ON "user".id = session.user_id WHERE session.id = $id`);

/** `Store.findSession`. */
export async function findSession(
  statements: Statements,
  id: SessionId,
): Promise<SessionWithUser | null> {
  const [row] = await statements.read<DriverRow, "id">(FIND_SESSION, { id });
  return row === undefined ? null : toSessionWithUser(row);
}
