import { idleEnd, isLive, judge } from "../rotation";
import type {
  RevokedReason,
  Session,
  SessionId,
  SessionWithUser,
  Store,
  User,
  UserId,
} from "../store";
import { memoryDirectory } from "./memory-directory";
import { memoryFailureCounts } from "./memory-failure-counts";
import { memoryUpkeep } from "./memory-upkeep";

/** What a test may do besides: the things that no flow of the application does. */
export interface MemoryStore extends Store {
  disableUser(id: UserId): void;
  enableUser(id: UserId): void;
}

/**
 * The executable specification of `Store`: the same duties in plain collections, one line a rule.
 * Every method does its work before its first await, so that each is one atomic step.
 */
export function memoryStore(): MemoryStore {
  const users = new Map<UserId, User>();
  const sessions = new Map<SessionId, Session>();

  const withUser = (session: Session | undefined): SessionWithUser | null => {
    const user = session && users.get(session.userId);
    return session && user ? { session, user } : null;
  };
  const put = (session: Session) => {
    sessions.set(session.id, session);
    return withUser(session);
  };
  const liveSessionsOf = (userId: UserId, now: number) =>
    [...sessions.values()]
      .filter((session) => session.userId === userId && isLive(session, now))
      .sort((a, b) => b.rotatedAt - a.rotatedAt || b.createdAt - a.createdAt);
  const revoke = (revoked: readonly Session[], revokedReason: RevokedReason, revokedAt: number) => {
    for (const session of revoked) put({ ...session, revokedAt, revokedReason });
    return revoked.length;
  };
  const setDisabled = (id: UserId, disabled: boolean) => {
    const user = users.get(id);
    if (user) users.set(id, { ...user, disabled });
  };

  return {
    async createUser(user) {
      const others = [...users.values()];
      if (others.some(({ username }) => username === user.username)) return "username_taken";
      if (others.some(({ email }) => email === user.email)) return "email_taken";
      users.set(user.id, user);
      return "created";
    },

    async findUser(by) {
      const matches = (user: User) =>
        "username" in by ? user.username === by.username : user.email === by.email;
      return [...users.values()].find(matches) ?? null;
    },

    async upgradePasswordHash(userId, from, to) {
      const user = users.get(userId);
      if (user?.passwordHash === from) users.set(userId, { ...user, passwordHash: to });
    },

    async openSession(session, verifiedHash, maxSessions) {
      const user = users.get(session.userId);
      if (!user || user.disabled || user.passwordHash !== verifiedHash) return null;
      const others = liveSessionsOf(user.id, session.createdAt).filter(
        ({ transport }) => transport === session.transport,
      );
      const trimmed = others.slice(maxSessions - 1);
      revoke(trimmed, "cap", session.createdAt);
      put(session);
      return trimmed.map(({ id }) => id);
    },

    async rotateSession({ id, secretHash, generation, attemptHash, transport }, now, windows) {
      const found = withUser(sessions.get(id));
      if (!found || found.user.disabled) return null;
      const { session } = found;
      if (session.secretHash !== secretHash || !isLive(session, now)) return null;
      if (transport !== null && session.transport !== transport) return null;

      const verdict = judge(session, generation, attemptHash, now, windows);
      switch (verdict) {
        case "ahead":
          return null;
        case "repeat":
          return found;
        case "rotate": {
          const idleEndAt = idleEnd(now, windows.idleSeconds, session.absoluteEndAt);
          return put({
            ...session,
            generation: generation + 1,
            rotatedAt: now,
            attemptHash,
            idleEndAt,
          });
        }
        default:
          return put({ ...session, revokedAt: now, revokedReason: verdict });
      }
    },

    async findSession(id) {
      return withUser(sessions.get(id));
    },

    async listSessions(userId, now) {
      return liveSessionsOf(userId, now);
    },

    async revokeSession({ id, userId, secretHash }, reason, now) {
      const session = sessions.get(id);
      if (!session || !isLive(session, now)) return null;
      if (userId !== undefined && session.userId !== userId) return null;
      if (secretHash !== undefined && session.secretHash !== secretHash) return null;
      revoke([session], reason, now);
      return session.userId;
    },

    async revokeSessions(userId, except, reason, now) {
      return revoke(
        liveSessionsOf(userId, now).filter(({ id }) => id !== except),
        reason,
        now,
      );
    },

    failures: memoryFailureCounts(),
    directory: memoryDirectory(users, sessions),
    upkeep: memoryUpkeep(sessions),

    async ping() {},

    disableUser: (id) => setDisabled(id, true),
    enableUser: (id) => setDisabled(id, false),
  };
}
