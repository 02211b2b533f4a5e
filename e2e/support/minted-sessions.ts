import { deriveKeys } from "../../lib/auth/keys";
import { newId } from "../../lib/auth/new-id";
import { hashSecret, mintRefreshToken, newSessionSecret } from "../../lib/auth/refresh-token";
import type { SessionId } from "../../lib/auth/store";
import { aSession, aUser } from "../../lib/auth/testing/samples";
import { addSeconds, systemClock } from "../../lib/clock";
import { COOKIES } from "../../lib/contract";
import { openDatabase } from "../../lib/db/open";

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Cookies of so many sessions of one new user, written beside a running server that has this secret: signing in as
 * often would take minutes of hashing.
 */
export async function mintSessions(
  databaseUrl: string,
  secret: string,
  count: number,
): Promise<Map<string, string>[]> {
  const keys = await deriveKeys(secret, []);
  const { store, close } = await openDatabase(databaseUrl);
  const now = systemClock.now();
  const user = aUser();
  await store.createUser(user);
  const jars: Map<string, string>[] = [];
  while (jars.length < count) {
    const sessionSecret = newSessionSecret();
    const id = newId() as SessionId;
    const session = aSession(user, {
      id,
      secretHash: hashSecret(sessionSecret),
      createdAt: now,
      authenticatedAt: now,
      rotatedAt: now,
      idleEndAt: addSeconds(now, DAY_SECONDS),
      absoluteEndAt: addSeconds(now, DAY_SECONDS),
    });
    await store.openSession(session, user.passwordHash, count);
    const token = mintRefreshToken({ sessionId: id, secret: sessionSecret, generation: 0 }, keys);
    jars.push(new Map([[COOKIES.refresh, token]]));
  }
  await close();
  return jars;
}
