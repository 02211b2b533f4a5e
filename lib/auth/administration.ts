import type { AuthContext } from "./context";
import { everyUser } from "./directory";
import { AuthError } from "./errors";
import { accountGate } from "./gate";
import { parseIdentifier } from "./identifier";
import { acceptPassword } from "./new-password";
import { acceptNewUser, addUser, type NewUser } from "./new-user";
import { hashPassword } from "./password";
import type { Role } from "./policy";
import { endOf } from "./security-event";
import type { User, UserId } from "./store";

/** What an operator does to accounts that are not his. Nobody is asked for a password: who calls this may. */

/** Users whose sessions end in one statement. */
const USERS_AT_ONCE = 100;

/**
 * Makes an account and signs nobody in. Works while registration is closed, knows no limits, and gives reserved names
 * out: this is the house itself.
 *
 * @throws AuthError `validation_failed`, `username_taken`, `email_taken`, `unavailable`
 */
export async function createUser(
  { role, ...given }: NewUser & { readonly role: Role },
  context: AuthContext,
): Promise<User> {
  const { settings, hasher } = context;
  const identity = acceptNewUser(given, "all", settings);
  await acceptPassword(given.password, identity, context);
  const passwordHash = await hashPassword(given.password, settings, hasher);
  return addUser({ ...identity, role, passwordHash }, context);
}

/**
 * The user with this id, name or address; null: there is none. The id goes first: nobody can choose one, but anybody may
 * register a name that looks like somebody's id.
 */
export async function findAccount(
  typed: string,
  { store }: Pick<AuthContext, "store">,
): Promise<User | null> {
  // what no id is made of is not asked for: PostgreSQL refuses some texts altogether
  const found = /^[\w-]+$/.test(typed) ? await store.directory.find(typed as UserId) : null;
  if (found !== null) return found;
  const identifier = parseIdentifier(typed);
  return identifier && store.findUser(identifier);
}

/** Ends all of the user's sessions and lets him sign in no more; how many. @throws AuthError `not_found`, `unavailable` */
export async function disableUser(
  { id: userId }: User,
  { store, clock, report }: AuthContext,
): Promise<number> {
  const count = existing(await store.directory.disable(userId, clock.now()));
  report({ event: "user_updated", reason: "disabled", userId });
  if (count > 0) report({ ...endOf("disabled"), userId, count });
  return count;
}

/** Lets the user sign in again; his sessions stay over. @throws AuthError `not_found`, `unavailable` */
export async function enableUser(
  { id: userId }: User,
  { store, report }: AuthContext,
): Promise<void> {
  existing((await store.directory.enable(userId)) || null);
  report({ event: "user_updated", reason: "enabled", userId });
}

/**
 * Gives the user another password and ends all of his sessions; how many. Devices that knew the account are strangers
 * again, and failures to sign in are forgotten, so that the owner can.
 *
 * @throws AuthError `validation_failed`, `not_found`, `unavailable`
 */
export async function setPassword(
  user: User,
  password: string,
  context: AuthContext,
): Promise<number> {
  const { store, clock, settings, hasher, report } = context;
  await acceptPassword(password, user, context);
  const passwordHash = await hashPassword(password, settings, hasher);
  const { id: userId } = user;
  const count = existing(await store.directory.setPassword(userId, passwordHash, clock.now()));
  report({ event: "authn_password_change", userId });
  if (count > 0) report({ ...endOf("password_changed"), userId, count });
  await store.failures.forget(accountGate(user, null, "").key);
  return count;
}

/** Deletes the user and his sessions, for good. @throws AuthError `not_found`, `unavailable` */
export async function deleteUser(
  { id: userId }: User,
  { store, report }: AuthContext,
): Promise<void> {
  existing((await store.directory.delete(userId)) || null);
  report({ event: "user_deleted", userId });
}

/** Ends the user's live sessions; how many. @throws AuthError `unavailable` */
export async function endSessionsOf(
  { id: userId }: User,
  { store, clock, report }: AuthContext,
): Promise<number> {
  const count = await store.revokeSessions(userId, null, "ended", clock.now());
  if (count > 0) report({ ...endOf("ended"), userId, count });
  return count;
}

/**
 * Ends the live sessions of all users, some users at a time; how many. Sessions that are opened meanwhile may live on.
 *
 * @throws AuthError `unavailable`; what was ended until then stays ended
 */
export async function endEverySession({ store, clock, report }: AuthContext): Promise<number> {
  let count = 0;
  for await (const users of everyUser(store.directory, USERS_AT_ONCE)) {
    const ids = users.map(({ id }) => id);
    count += await store.directory.revokeSessionsOf(ids, "ended", clock.now());
  }
  if (count > 0) report({ ...endOf("ended"), count });
  return count;
}

function existing<T>(found: T | null): T {
  if (found === null) throw new AuthError("not_found");
  return found;
}
