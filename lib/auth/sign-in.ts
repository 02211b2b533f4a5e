import type { AuthContext } from "./context";
import { AuthError, isAuthError } from "./errors";
import { canonical, parseIdentifier } from "./identifier";
import { hashPassword, isReadable, needsUpgrade, verifyPassword } from "./password";
import { grantScope } from "./policy";
import { type Client, type Opening, openSession, type Tokens } from "./session";
import type { User } from "./store";
import { NO_PASSWORD } from "./stored-password";
import { limitGuess } from "./throttle";

/** What somebody typed to prove who he is. */
export interface Credentials {
  /** User name or e-mail address. */
  readonly username: string;
  readonly password: string;
}

/** How often the account may change under a login before the login is refused. */
const TRIES = 3;

/** Looked for where the identifier is one that cannot exist: without the read, its answer would come sooner. */
const NOBODY = { username: "" };

/**
 * Verifies a user name (or address) and a password and opens a session. Unknown, wrong and disabled are one answer,
 * after the same work and under the same limits.
 *
 * @throws AuthError `invalid_credentials`, `rate_limited`, `unavailable`
 */
export async function signIn(
  credentials: Credentials,
  opening: Opening,
  context: AuthContext,
): Promise<Tokens> {
  for (let tries = 0; tries < TRIES; tries++) {
    const user = await verifyCredentials(credentials, opening.client, context);
    const scope = grantScope(opening.scope, user.role);
    const tokens = await openSession(user, { ...opening, scope }, context);
    // null: the stored password changed since it was read, perhaps upgraded by a login next to this one
    if (tokens === null) continue;
    context.report({
      event: "authn_login_success",
      userId: user.id,
      sessionId: tokens.session.id,
    });
    await upgradeHash(user, credentials.password, context);
    return tokens;
  }
  throw new AuthError("invalid_credentials");
}

async function verifyCredentials(
  { username, password }: Credentials,
  client: Client,
  context: AuthContext,
): Promise<User> {
  const { store, settings, hasher, report } = context;
  const identifier = parseIdentifier(username);
  const user = await store.findUser(identifier ?? NOBODY);
  const guess = { typed: canonical(username), identifier, user, client };
  const isRight = await limitGuess(guess, context, async () => {
    const matches = await verifyPassword(password, user?.passwordHash ?? null, settings, hasher);
    return matches && user?.disabled === false;
  });
  if (user !== null && isRight) return user;
  report({
    event: "authn_login_fail",
    reason: whyRefused(user),
    ...(user && { userId: user.id }),
  });
  throw new AuthError("invalid_credentials");
}

/** For the log alone; to the caller all of them are one. */
function whyRefused(user: User | null): string {
  if (user === null) return "unknown_user";
  if (!isReadable(user.passwordHash)) return "unreadable_hash";
  if (user.passwordHash === NO_PASSWORD) return "no_password";
  return user.disabled ? "disabled" : "wrong_password";
}

/**
 * Brings the stored form up to today's settings, now that the password is at hand. The user is signed in already:
 * an overload or a lost database only puts it off to the next login.
 */
async function upgradeHash(user: User, password: string, context: AuthContext): Promise<void> {
  const { store, settings, hasher, report } = context;
  if (!needsUpgrade(user.passwordHash, settings)) return;
  try {
    const upgraded = await hashPassword(password, settings, hasher);
    await store.upgradePasswordHash(user.id, user.passwordHash, upgraded);
    report({ event: "authn_password_upgraded", userId: user.id });
  } catch (error) {
    if (!isAuthError(error)) throw error;
  }
}
