import type { Instant } from "@/lib/clock";
import type { RevokedReason, User, UserId } from "./store";

/**
 * All users, and what an operator does to one of them. The part of `Store` that his commands ask for; its duties are
 * those of `Store`. Nothing here is asked by a request of a client.
 */
export interface Directory {
  /** Users in the fixed order of their ids, beginning behind `after`; at most so many. */
  list(after: UserId | null, atMost: number): Promise<readonly User[]>;

  find(id: UserId): Promise<User | null>;

  /**
   * Inserts those whose id, name and address nobody has, neither there nor earlier in the list, and says which: one step
   * for all of them, where `createUser` would be one for each.
   */
  add(users: readonly User[]): Promise<ReadonlySet<UserId>>;

  /**
   * Disables the user and revokes all of his live sessions with reason `disabled`, in one step: no login and no refresh
   * under way leaves a live session behind. How many were revoked; null: there is no such user.
   */
  disable(id: UserId, now: Instant): Promise<number | null>;

  /** False: there is no such user. */
  enable(id: UserId): Promise<boolean>;

  /**
   * Replaces the stored password whatever it was, raises the device epoch and revokes all live sessions with reason
   * `password_changed`, in one step: no login with the old password leaves a live session behind. How many were revoked;
   * null: there is no such user.
   */
  setPassword(id: UserId, passwordHash: string, now: Instant): Promise<number | null>;

  /** Deletes the user with all of his sessions. False: there is no such user. */
  delete(id: UserId): Promise<boolean>;

  /** Revokes all live sessions of these users; how many. */
  revokeSessionsOf(ids: readonly UserId[], reason: RevokedReason, now: Instant): Promise<number>;
}

/** All users, at most so many at a time. One that is created meanwhile may be missed. */
export async function* everyUser(
  directory: Pick<Directory, "list">,
  atOnce: number,
): AsyncGenerator<readonly User[]> {
  let users = await directory.list(null, atOnce);
  for (let last = users.at(-1); last !== undefined; last = users.at(-1)) {
    yield users;
    users = await directory.list(last.id, atOnce);
  }
}
