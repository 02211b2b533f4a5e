import { expect, test } from "vitest";
import { addSeconds } from "@/lib/clock";
import type { Session, SessionId, Store, User, UserId } from "../store";
import { aSession, aUser, NOW, presenting, WINDOWS } from "./samples";
import type { SubjectOf } from "./store-contract";
import { NO_CAP, storedSession, storedUser } from "./stored";

/** The duties around sessions but for rotation. */
export function sessionContract(subject: SubjectOf): void {
  const revokedReason = async (id: SessionId) =>
    (await subject().store.findSession(id))?.session.revokedReason;

  test("a session is found again with its user, live or not", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    const bare = { attemptHash: null, userAgent: null, ip: null } as const;
    const full = { attemptHash: "attempt-hash", remembered: true, transport: "bearer" } as const;
    const over = { revokedAt: NOW + 1, revokedReason: "logout", idleEndAt: NOW - 1 } as const;
    for (const given of [bare, full, over]) {
      const session = await storedSession(store, given, user);
      expect(await store.findSession(session.id)).toEqual({ session, user });
    }
    expect(await store.findSession("unknown" as SessionId)).toBeNull();
  });

  // bar F14
  test("instants of the next centuries are kept to the millisecond", async () => {
    const { store } = subject();
    for (const now of [2 ** 31 * 1000 + 1, 2 ** 32 * 1000 + 1, 10_000_000_000_001]) {
      const row = await storedSession(store, {
        rotatedAt: now,
        createdAt: now,
        idleEndAt: addSeconds(now, 60),
        absoluteEndAt: addSeconds(now, 3600),
      });
      expect((await store.findSession(row.id))?.session).toEqual(row);
      const found = await store.rotateSession(presenting(row), now + 1, WINDOWS);
      expect(found?.session).toMatchObject({ rotatedAt: now + 1, idleEndAt: row.absoluteEndAt });
      expect(await store.rotateSession(presenting(row), row.absoluteEndAt, WINDOWS)).toBeNull();
    }
  });

  test("a session opens only for an enabled user whose verified hash is still stored", async () => {
    const { store, disableUser } = subject();
    const user = await storedUser(store);
    const attempt = (owner: User, hash: string) => store.openSession(aSession(owner), hash, NO_CAP);
    expect(await attempt(user, "another hash")).toBeNull();
    expect(await attempt(aUser(), user.passwordHash)).toBeNull();
    expect(await attempt(user, user.passwordHash)).toEqual([]);
    await disableUser(user.id);
    expect(await attempt(user, user.passwordHash)).toBeNull();
    expect(await store.listSessions(user.id, NOW)).toHaveLength(1);
  });

  test("beyond the cap the longest unused live sessions of the same transport end", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    const used = (seconds: number, given: Partial<Session> = {}) =>
      storedSession(store, { rotatedAt: addSeconds(NOW, -seconds), ...given }, user);
    const oldest = await used(90);
    const older = await used(80);
    const recent = await used(10);
    const bearer = await used(99, { transport: "bearer" });
    const expired = await used(95, { idleEndAt: NOW });
    const others = await storedSession(store, { rotatedAt: NOW - 99_000 });

    const opened = aSession(user, { rotatedAt: addSeconds(NOW, -100) });
    const trimmed = await store.openSession(opened, user.passwordHash, 2);

    expect(new Set(trimmed)).toEqual(new Set([oldest.id, older.id]));
    for (const { id } of [oldest, older]) expect(await revokedReason(id)).toBe("cap");
    for (const { id } of [recent, bearer, expired, others, opened]) {
      expect(await revokedReason(id)).toBeNull();
    }
    expect((await store.findSession(oldest.id))?.session.revokedAt).toBe(opened.createdAt);
  });

  test("a refused login trims nothing, and a cap of one leaves the new session alone", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    const { id } = await storedSession(store, {}, user);
    expect(await store.openSession(aSession(user), "another hash", 1)).toBeNull();
    expect(await revokedReason(id)).toBeNull();
    const opened = aSession(user);
    await store.openSession(opened, user.passwordHash, 1);
    expect(await store.listSessions(user.id, NOW)).toEqual([opened]);
  });

  test("live sessions are listed, newest use first", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    const first = await storedSession(store, { rotatedAt: NOW - 2 }, user);
    const last = await storedSession(store, { rotatedAt: NOW }, user);
    const middle = await storedSession(store, { rotatedAt: NOW - 1 }, user);
    await storedSession(store, { idleEndAt: NOW }, user);
    await storedSession(store, { absoluteEndAt: NOW }, user);
    await storedSession(store, { revokedAt: NOW - 1, revokedReason: "logout" }, user);
    await storedSession(store);
    expect(await store.listSessions(user.id, NOW)).toEqual([last, middle, first]);
    expect(await store.listSessions("unknown" as UserId, NOW)).toEqual([]);
  });

  test("a session is revoked once, and only if everything that is given matches", async () => {
    const { store } = subject();
    const session = await storedSession(store);
    const { id, userId, secretHash } = session;
    const revoke = (which: Parameters<Store["revokeSession"]>[0], now = NOW) =>
      store.revokeSession(which, "logout", now);
    expect(await revoke({ id, userId: "somebody else" as UserId })).toBeNull();
    expect(await revoke({ id, userId, secretHash: "another" })).toBeNull();
    expect(await revoke({ id: "unknown" as SessionId })).toBeNull();
    expect(await revoke({ id, userId, secretHash })).toBe(userId);
    expect(await revoke({ id }, NOW + 1)).toBeNull();
    const revoked = { ...session, revokedAt: NOW, revokedReason: "logout" };
    expect((await store.findSession(id))?.session).toEqual(revoked);
  });

  test("a session that is over at exactly this instant cannot be revoked any more", async () => {
    const { store } = subject();
    for (const end of [{ idleEndAt: NOW }, { absoluteEndAt: NOW }]) {
      const { id, userId } = await storedSession(store, end);
      expect(await store.revokeSession({ id }, "ended", NOW)).toBeNull();
      expect(await store.revokeSession({ id }, "ended", NOW - 1)).toBe(userId);
    }
  });

  test("all live sessions of a user end but the one that is excepted", async () => {
    const { store } = subject();
    const user = await storedUser(store);
    const kept = await storedSession(store, {}, user);
    const ended = [await storedSession(store, {}, user), await storedSession(store, {}, user)];
    const expired = await storedSession(store, { idleEndAt: NOW }, user);
    const others = await storedSession(store);
    expect(await store.revokeSessions(user.id, kept.id, "ended", NOW)).toBe(2);
    for (const { id } of ended) expect(await revokedReason(id)).toBe("ended");
    for (const { id } of [kept, expired, others]) expect(await revokedReason(id)).toBeNull();
    expect(await store.revokeSessions(user.id, null, "logout", NOW)).toBe(1);
    expect(await store.listSessions(user.id, NOW)).toEqual([]);
  });
}
