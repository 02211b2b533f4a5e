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

/** A row as the driver gives it: a BIGINT is a number on SQLite and text on PostgreSQL, SQLite's BOOLEAN is 0 or 1. */
export type FromDriver<Row> = {
  readonly [Field in keyof Row]: Row[Field] extends bigint | null
    ? Row[Field] | number | string
    : Row[Field] extends boolean
      ? boolean | number
      : Row[Field];
};
export type DriverRow = FromDriver<JoinedRow>;

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
export function toSession(row: FromDriver<SessionRow>): Session {
  return {
    id: row.id as SessionId,
    userId: row.userId as UserId,
    secretHash: row.secretHash,
    generation: row.generation,
    rotatedAt: Number(row.rotatedAt),
    attemptHash: row.attemptHash,
    createdAt: Number(row.createdAt),
    authenticatedAt: Number(row.authenticatedAt),
    idleEndAt: Number(row.idleEndAt),
    absoluteEndAt: Number(row.absoluteEndAt),
    revokedAt: row.revokedAt === null ? null : Number(row.revokedAt),
    revokedReason: row.revokedReason as RevokedReason | null,
    transport: row.transport as Transport,
    remembered: Boolean(row.remembered),
    scope: row.scope,
    userAgent: row.userAgent,
    ip: row.ip,
  };
}

/** @throws Error where the role is none: what such a user may do nobody can say. */
export function toUser(row: FromDriver<UserRow>): User {
  if (!isRole(row.role)) throw new Error(`The user ${row.id} has a role that does not exist.`);
  return {
    id: row.id as UserId,
    username: row.username,
    email: row.email,
    name: row.name,
    role: row.role,
    disabled: Boolean(row.disabled),
    passwordHash: row.passwordHash,
    createdAt: Number(row.createdAt),
    deviceEpoch: row.deviceEpoch,
  };
}

export function toSessionWithUser(row: DriverRow): SessionWithUser {
  const { userId: id, username, email, name, role, disabled, passwordHash, deviceEpoch } = row;
  const user = { id, username, email, name, role, disabled, passwordHash, deviceEpoch };
  return { session: toSession(row), user: toUser({ ...user, createdAt: row.userCreatedAt }) };
}
