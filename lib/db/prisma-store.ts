import type { RevokedReason, SessionMatch, Store, UserId } from "@/lib/auth/store";
import type { Instant } from "@/lib/clock";
import type { Client, Prisma } from "./client";
import { createUser } from "./create-user";
import { directory } from "./directory";
import { failureCounts } from "./failure-counts";
import { findSession } from "./find-session";
import { listSessions } from "./list-sessions";
import { openSession } from "./open-session";
import { rotateSession } from "./rotate";
import { milliseconds, toUser } from "./rows";
import type { Statements } from "./statement";
import { answered } from "./unavailable";
import { upkeep } from "./upkeep";

/**
 * The store, for both databases. Sessions are only ever revoked here; `upkeep` deletes them.
 *
 * What is asked on every request or page, `rotateSession`, `findSession` and `listSessions`, goes by prepared statements;
 * all else goes by Prisma. `findUnique` is nowhere, because Prisma may gather several of one tick in a transaction.
 *
 * @param rowLock what a SELECT says to lock the rows it reads; empty on SQLite.
 */
export function prismaStore(client: Client, rowLock: Prisma.Sql, statements: Statements): Store {
  return {
    createUser: (user) => answered(() => createUser(client, user)),

    findUser: (by) =>
      answered(async () => {
        const where = "username" in by ? { username: by.username } : { email: by.email };
        const row = await client.user.findFirst({ where });
        return row && toUser(row);
      }),

    upgradePasswordHash: (id, from, to) =>
      answered(async () => {
        const where = { id, passwordHash: from };
        await client.user.updateMany({ where, data: { passwordHash: to } });
      }),

    openSession: (session, verifiedHash, maxSessions) =>
      answered(() => openSession(client, rowLock, session, verifiedHash, maxSessions)),

    rotateSession: (presented, now, windows) =>
      answered(() => rotateSession(statements, presented, now, windows)),

    findSession: (id) => answered(() => findSession(statements, id)),

    listSessions: (userId, now) => answered(() => listSessions(statements, userId, now)),

    revokeSession: (which, reason, now) =>
      answered(async () => {
        const where = { ...matching(which), ...liveAt(now) };
        const data = revoked(reason, now);
        const select = { userId: true };
        const [row] = await client.session.updateManyAndReturn({ where, data, select });
        return row === undefined ? null : (row.userId as UserId);
      }),

    revokeSessions: (userId, except, reason, now) =>
      answered(async () => {
        const others = except === null ? {} : { id: { not: except } };
        const where = { userId, ...others, ...liveAt(now) };
        const { count } = await client.session.updateMany({ where, data: revoked(reason, now) });
        return count;
      }),

    failures: failureCounts(client),
    directory: directory(client),
    upkeep: upkeep(client),

    ping: () =>
      answered(async () => {
        // A table and not a constant: SQLite answers that one without looking at the file.
        await client.$queryRaw`SELECT id FROM "user" LIMIT 1`;
      }),
  };
}

/** `isLive` (rotation.ts) as a condition. */
function liveAt(instant: Instant) {
  const now = milliseconds(instant);
  return { revokedAt: null, idleEndAt: { gt: now }, absoluteEndAt: { gt: now } };
}

/** Field by field: an object may hold more than its type says. */
function matching({ id, userId, secretHash }: SessionMatch) {
  return {
    id,
    ...(userId === undefined ? {} : { userId }),
    ...(secretHash === undefined ? {} : { secretHash }),
  };
}

function revoked(revokedReason: RevokedReason, now: Instant) {
  return { revokedReason, revokedAt: milliseconds(now) };
}
