import type { Directory } from "@/lib/auth/directory";
import type { RevokedReason, UserId } from "@/lib/auth/store";
import type { Instant } from "@/lib/clock";
import { type Client, Prisma } from "./client";
import { addUsers } from "./create-user";
import { milliseconds, toUser } from "./rows";
import { answered } from "./unavailable";

const { sql } = Prisma;

/**
 * `Store.directory` on Prisma, the same text on both databases.
 *
 * What changes a user and ends his sessions changes the user first, in one transaction: a login under way holds the
 * user's row until it is committed (open-session.ts), so its session is there to be revoked, and a later one finds the
 * user changed. A refresh under way holds the session's row, which is looked at again once it is free.
 */
export function directory(client: Client): Directory {
  /** Null where `change` found no user. */
  const changeAndRevoke = async (
    change: Prisma.Sql,
    id: UserId,
    reason: RevokedReason,
    now: Instant,
  ) => {
    const [changed, revoked] = await client.$transaction([
      client.$executeRaw(change),
      client.$executeRaw(revocation([id], reason, now)),
    ]);
    return changed === 0 ? null : revoked;
  };

  return {
    list: (after, atMost) =>
      answered(async () => {
        const where = after === null ? {} : { id: { gt: after } };
        const rows = await client.user.findMany({ where, orderBy: { id: "asc" }, take: atMost });
        return rows.map(toUser);
      }),

    find: (id) =>
      answered(async () => {
        const row = await client.user.findFirst({ where: { id } });
        return row && toUser(row);
      }),

    add: (users) => answered(() => addUsers(client, users)),

    disable: (id, now) =>
      answered(() => {
        const change = sql`UPDATE "user" SET disabled = TRUE WHERE id = ${id}`;
        return changeAndRevoke(change, id, "disabled", now);
      }),

    enable: (id) =>
      answered(async () => {
        const { count } = await client.user.updateMany({
          where: { id },
          data: { disabled: false },
        });
        return count > 0;
      }),

    setPassword: (id, passwordHash, now) =>
      answered(() => {
        const change = sql`
          UPDATE "user" SET password_hash = ${passwordHash}, device_epoch = device_epoch + 1
          WHERE id = ${id}`;
        return changeAndRevoke(change, id, "password_changed", now);
      }),

    delete: (id) =>
      answered(async () => (await client.user.deleteMany({ where: { id } })).count > 0),

    revokeSessionsOf: (ids, reason, now) =>
      answered(async () =>
        ids.length === 0 ? 0 : client.$executeRaw(revocation(ids, reason, now)),
      ),
  };
}

function revocation(ids: readonly UserId[], reason: RevokedReason, instant: Instant): Prisma.Sql {
  const now = milliseconds(instant);
  return sql`
    UPDATE session SET revoked_at = ${now}, revoked_reason = ${reason}
    WHERE user_id IN (${Prisma.join([...ids])})
      AND revoked_at IS NULL AND idle_end_at > ${now} AND absolute_end_at > ${now}`;
}
