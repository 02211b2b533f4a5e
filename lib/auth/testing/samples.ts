import { randomUUID } from "node:crypto";
import { addSeconds, type Instant } from "@/lib/clock";
import type { PresentedRefresh, Windows } from "../rotation";
import type { Session, SessionId, User, UserId } from "../store";

/** An instant like any other, in whole milliseconds. */
export const NOW: Instant = 1_790_000_000_123;

/** The defaults of the settings. */
export const WINDOWS: Windows = {
  graceSeconds: 10,
  recoverySeconds: 604_800,
  idleSeconds: 604_800,
};

/** A user nobody else has the name, address or id of. */
export function aUser(given: Partial<User> = {}): User {
  const id = randomUUID();
  return {
    id: id as UserId,
    username: `user-${id}`,
    email: `${id}@example.com`,
    name: null,
    role: "user",
    disabled: false,
    passwordHash: "stored-hash",
    createdAt: NOW,
    deviceEpoch: 0,
    ...given,
  };
}

/** A live session of that user, opened at `NOW`. */
export function aSession(user: User, given: Partial<Session> = {}): Session {
  return {
    id: randomUUID() as SessionId,
    userId: user.id,
    secretHash: "secret-hash",
    generation: 0,
    rotatedAt: NOW,
    attemptHash: null,
    createdAt: NOW,
    authenticatedAt: NOW,
    idleEndAt: addSeconds(NOW, WINDOWS.idleSeconds),
    absoluteEndAt: addSeconds(NOW, 2_592_000),
    revokedAt: null,
    revokedReason: null,
    transport: "cookie",
    remembered: false,
    scope: "profile",
    userAgent: "Mozilla/5.0",
    ip: "2001:db8::1",
    ...given,
  };
}

/** The refresh token of the session's generation, as the database sees it. */
export function presenting(
  session: Session,
  given: Partial<PresentedRefresh> = {},
): PresentedRefresh {
  const { id, secretHash, generation } = session;
  return { id, secretHash, generation, attemptHash: null, transport: null, ...given };
}
