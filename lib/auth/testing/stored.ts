import type { Session, Store, User } from "../store";
import { aSession, aUser } from "./samples";

/** More sessions than any test opens. */
export const NO_CAP = 1000;

/** A user that exists. */
export async function storedUser(store: Store): Promise<User> {
  const user = aUser();
  await store.createUser(user);
  return user;
}

/** A session that exists, of a user of its own unless one is given; also one that is over, which no flow opens. */
export async function storedSession(
  store: Store,
  given: Partial<Session> = {},
  user?: User,
): Promise<Session> {
  const owner = user ?? (await storedUser(store));
  const session = aSession(owner, given);
  await store.openSession(session, owner.passwordHash, NO_CAP);
  return session;
}
