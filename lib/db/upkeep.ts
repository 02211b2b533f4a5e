import type { Upkeep } from "@/lib/auth/upkeep";
import { type Client, Prisma } from "./client";
import { milliseconds } from "./rows";
import { answered } from "./unavailable";

const { sql } = Prisma;

/** `Store.upkeep` on Prisma: one statement each, the same text on both databases, in autocommit. */
export function upkeep(client: Client): Upkeep {
  return {
    claimLease: (name, holder, now, expiresAt) =>
      answered(async () => {
        const claimed = await client.$executeRaw(sql`
          INSERT INTO lease (name, holder, expires_at)
          VALUES (${name}, ${holder}, ${milliseconds(expiresAt)})
          ON CONFLICT (name) DO UPDATE SET
            holder = excluded.holder,
            expires_at = excluded.expires_at
          WHERE lease.expires_at <= ${milliseconds(now)} OR lease.holder = excluded.holder`);
        return claimed === 1;
      }),

    releaseLease: (name, holder) =>
      answered(async () => {
        await client.$executeRaw(
          sql`DELETE FROM lease WHERE name = ${name} AND holder = ${holder}`,
        );
      }),

    // what is dead stays so: asked again outside, PostgreSQL might read all of the dead for each batch
    deleteDeadSessions: (now, atMost) =>
      answered(() =>
        client.$executeRaw(sql`
          DELETE FROM session WHERE id IN (
            SELECT id FROM session WHERE absolute_end_at <= ${milliseconds(now)}
            ORDER BY absolute_end_at LIMIT ${atMost})`),
      ),
  };
}
