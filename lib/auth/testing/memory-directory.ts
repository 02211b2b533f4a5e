import type { Instant } from "@/lib/clock";
import type { Directory } from "../directory";
import { isLive } from "../rotation";
import type { RevokedReason, Session, SessionId, User, UserId } from "../store";

/** The executable specification of `Directory`, on the collections of `memoryStore`. */
export function memoryDirectory(
  users: Map<UserId, User>,
  sessions: Map<SessionId, Session>,
): Directory {
  const revokeAll = (id: UserId, revokedReason: RevokedReason, now: Instant) => {
    const live = [...sessions.values()].filter((each) => each.userId === id && isLive(each, now));
    for (const each of live) sessions.set(each.id, { ...each, revokedAt: now, revokedReason });
    return live.length;
  };

  return {
    async list(after, atMost) {
      const behind = [...users.values()].filter(({ id }) => after === null || id > after);
      return behind.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, atMost);
    },

    async find(id) {
      return users.get(id) ?? null;
    },

    async add(list) {
      const added = list.filter((user) => {
        const isTaken = [...users.values()].some(
          ({ id, username, email }) =>
            id === user.id || username === user.username || email === user.email,
        );
        if (!isTaken) users.set(user.id, user);
        return !isTaken;
      });
      return new Set(added.map(({ id }) => id));
    },

    async disable(id, now) {
      const user = users.get(id);
      if (!user) return null;
      users.set(id, { ...user, disabled: true });
      return revokeAll(id, "disabled", now);
    },

    async enable(id) {
      const user = users.get(id);
      if (user) users.set(id, { ...user, disabled: false });
      return user !== undefined;
    },

    async setPassword(id, passwordHash, now) {
      const user = users.get(id);
      if (!user) return null;
      users.set(id, { ...user, passwordHash, deviceEpoch: user.deviceEpoch + 1 });
      return revokeAll(id, "password_changed", now);
    },

    async delete(id) {
      for (const session of [...sessions.values()]) {
        if (session.userId === id) sessions.delete(session.id);
      }
      return users.delete(id);
    },

    async revokeSessionsOf(ids, reason, now) {
      return ids.reduce((count, id) => count + revokeAll(id, reason, now), 0);
    },
  };
}
