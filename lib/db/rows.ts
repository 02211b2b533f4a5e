import { isRole } from "@/lib/auth/policy";
import type {
  RevokedReason,
  Session,
  SessionId,
  SessionWithUser,
  Transport,
  User,
  UserId,
} from "@/lib/auth/store";
import type { Instant } from "@/lib/clock";
import type { SessionRow, UserRow } from "./client";

/** A session's columns with those of its user beside them, see `columns.ts`. */
export type JoinedRow = SessionRow &
  Omit<UserRow, "id" | "createdAt"> & { readonly userCreatedAt: bigint };

/** An instant as the database holds it: whole milliseconds. */
export function milliseconds(instant: Instant): bigint {
  return BigInt(Math.floor(instant));
}

export function fromSession(session: Session): SessionRow {
  return {
    ...session,
    rotatedAt: milliseconds(session.rotatedAt),
    createdAt: milliseconds(session.createdAt),
    authenticatedAt: milliseconds(session.authenticatedAt),
    idleEndAt: milliseconds(session.idleEndAt),
    absoluteEndAt: milliseconds(session.absoluteEndAt),
    revokedAt: session.revokedAt === null ? null : milliseconds(session.revokedAt),
  };
}

/** Does NOT check what only this application writes: ids, reasons and transports are taken as they are. */
export function toSession(row: SessionRow): Session {
  return {
    ...row,
    id: row.id as SessionId,
    userId: row.userId as UserId,
    rotatedAt: Number(row.rotatedAt),
    createdAt: Number(row.createdAt),
    authenticatedAt: Number(row.authenticatedAt),
    idleEndAt: Number(row.idleEndAt),
    absoluteEndAt: Number(row.absoluteEndAt),
    revokedAt: row.revokedAt === null ? null : Number(row.revokedAt),
    revokedReason: row.revokedReason as RevokedReason | null,
    transport: row.transport as Transport,
  };
}

/** @throws Error where the role is none: what such a user may do nobody can say. */
export function toUser(row: UserRow): User {
  if (!isRole(row.role)) throw new Error(`The user ${row.id} has a role that does not exist.`);
  return {
    ...row,
    id: row.id as UserId,
    role: row.role,
    createdAt: Number(row.createdAt),
  };
}

export function toSessionWithUser(row: JoinedRow): SessionWithUser {
  const { username, email, name, role, disabled, passwordHash, deviceEpoch, ...others } = row;
  const { userCreatedAt, ...session } = others;
  const user = { id: row.userId, username, email, name, role, disabled, passwordHash, deviceEpoch };
  return { session: toSession(session), user: toUser({ ...user, createdAt: userCreatedAt }) };
}
