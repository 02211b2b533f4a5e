import type { User, UserId } from "@/lib/auth/store";
import { type Client, Prisma } from "./client";
import { milliseconds } from "./rows";

/**
 * `Store.createUser`: one INSERT that does nothing when the name or the address exists. Which of them it was is looked
 * up afterwards, name first, because a database names whichever index it happened to check first.
 *
 * @throws Error when neither exists: the id does, which is a bug.
 */
export async function createUser(
  client: Client,
  user: User,
): Promise<"created" | "username_taken" | "email_taken"> {
  const { username, email } = user;
  const inserted = await client.$executeRaw(insertion([user]));
  if (inserted === 1) return "created";
  if ((await client.user.count({ where: { username } })) > 0) return "username_taken";
  if ((await client.user.count({ where: { email } })) > 0) return "email_taken";
  throw new Error("A user with this id exists already.");
}

/** `Directory.add`: one INSERT, which leaves out who stands in somebody's way. */
export async function addUsers(
  client: Client,
  users: readonly User[],
): Promise<ReadonlySet<UserId>> {
  if (users.length === 0) return new Set();
  const rows = await client.$queryRaw<{ readonly id: string }[]>(
    Prisma.sql`${insertion(users)} RETURNING id`,
  );
  return new Set(rows.map(({ id }) => id as UserId));
}

function insertion(users: readonly User[]): Prisma.Sql {
  const rows = users.map(
    (user) => Prisma.sql`
      (${user.id}, ${user.username}, ${user.email}, ${user.name}, ${user.role}, ${user.disabled},
        ${user.passwordHash}, ${milliseconds(user.createdAt)}, ${user.deviceEpoch})`,
  );
  return Prisma.sql`
    INSERT INTO "user" (id, username, email, name, role, disabled, password_hash, created_at, device_epoch)
    VALUES ${Prisma.join(rows)}
    ON CONFLICT DO NOTHING`;
}
