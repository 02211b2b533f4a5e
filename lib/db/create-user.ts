import type { User } from "@/lib/auth/store";
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
  const { id, username, email, name, role, disabled, passwordHash, deviceEpoch } = user;
  const inserted = await client.$executeRaw(Prisma.sql`
    INSERT INTO "user" (id, username, email, name, role, disabled, password_hash, created_at, device_epoch)
    VALUES (${id}, ${username}, ${email}, ${name}, ${role}, ${disabled}, ${passwordHash}, ${milliseconds(user.createdAt)},
      ${deviceEpoch})
    ON CONFLICT DO NOTHING`);
  if (inserted === 1) return "created";
  if ((await client.user.count({ where: { username } })) > 0) return "username_taken";
  if ((await client.user.count({ where: { email } })) > 0) return "email_taken";
  throw new Error("A user with this id exists already.");
}
