import { Prisma, type SessionRow } from "./client";
import type { JoinedRow } from "./rows";

/** Field of a row → column of the table; the names of `schema.prisma`. */
const SESSION = {
  id: "id",
  userId: "user_id",
  secretHash: "secret_hash",
  generation: "generation",
  rotatedAt: "rotated_at",
  attemptHash: "attempt_hash",
  createdAt: "created_at",
  authenticatedAt: "authenticated_at",
  idleEndAt: "idle_end_at",
  absoluteEndAt: "absolute_end_at",
  revokedAt: "revoked_at",
  revokedReason: "revoked_reason",
  transport: "transport",
  remembered: "remembered",
  scope: "scope",
  userAgent: "user_agent",
  ip: "ip",
} as const satisfies Record<keyof SessionRow, string>;

const USER = {
  username: "username",
  email: "email",
  name: "name",
  role: "role",
  disabled: "disabled",
  passwordHash: "password_hash",
  userCreatedAt: "created_at",
  deviceEpoch: "device_epoch",
} as const satisfies Record<Exclude<keyof JoinedRow, keyof SessionRow>, string>;

/** The columns of `session`, under the names of their fields. */
export const SESSION_COLUMNS = selection(SESSION, (column) => `session.${column}`);

/** The columns of the session's user, where `"user"` is joined. */
export const JOINED_USER_COLUMNS = selection(USER, (column) => `"user".${column}`);

/** The same where nothing can be joined: the RETURNING of SQLite sees only the table that was changed. */
export const LOOKED_UP_USER_COLUMNS = selection(
  USER,
  (column) => `(SELECT "user".${column} FROM "user" WHERE "user".id = session.user_id)`,
);

/** `(column, …) SELECT value, …` of a session that is to be inserted under a condition. */
export function insertion(row: SessionRow): Prisma.Sql {
  const fields = Object.keys(SESSION) as (keyof SessionRow)[];
  const columns = Prisma.raw(Object.values(SESSION).join(", "));
  return Prisma.sql`(${columns}) SELECT ${Prisma.join(fields.map((field) => row[field]))}`;
}

function selection(
  fields: Readonly<Record<string, string>>,
  expression: (column: string) => string,
): string {
  const terms = Object.entries(fields).map(
    ([name, column]) => `${expression(column)} AS "${name}"`,
  );
  return terms.join(", ");
}
