import type { AuthContext } from "./context";
import { AuthError } from "./errors";
import { acceptPassword } from "./new-password";
import { acceptNewUser, addUser, type NewUser } from "./new-user";
import { hashPassword } from "./password";
import { grantScope } from "./policy";
import { type Client, openSession, type Tokens } from "./session";
import { limitRegistration } from "./throttle";

/** A new account and the browser that asks for it; nothing in it is checked yet. */
export interface Registration extends NewUser {
  readonly remember: boolean;
}

/**
 * Makes an account and signs its browser in.
 *
 * @throws AuthError `validation_failed` (what is wrong with the form of every field, then a weak password),
 *   `registration_closed`, `username_taken`, `email_taken`, `rate_limited`, `unavailable`
 */
export async function register(
  registration: Registration,
  client: Client,
  replaces: string | null,
  context: AuthContext,
): Promise<Tokens> {
  const { settings, hasher } = context;
  const identity = acceptNewUser(registration, "open", settings);
  if (!settings.registrationOpen) throw new AuthError("registration_closed");
  const passwordHash = await limitRegistration(client, context, async () => {
    await acceptPassword(registration.password, identity, context);
    return hashPassword(registration.password, settings, hasher);
  });
  const user = await addUser({ ...identity, role: "user", passwordHash }, context);

  const opening = {
    transport: "cookie",
    remembered: registration.remember,
    scope: grantScope("", user.role),
    client,
    replaces,
  } as const;
  const tokens = await openSession(user, opening, context);
  // the account is there, but somebody disabled it within the millisecond
  if (tokens === null) throw new AuthError("unavailable", { retryAfterSeconds: 1 });
  return tokens;
}
