import type { AuthContext, AuthSettings } from "./context";
import { AuthError, type FieldIssue } from "./errors";
import { isReserved, parseEmail, parseUsername, USERNAME_RULE } from "./identifier";
import { acceptPassword, lengthIssue } from "./new-password";
import { codePoints, hashPassword } from "./password";
import { grantScope } from "./policy";
import { type Client, newId, openSession, type Tokens } from "./session";
import type { User, UserId } from "./store";
import { limitRegistration } from "./throttle";

/** A new account as it was asked for; nothing in it is checked yet. */
export interface Registration {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly name: string | null;
  readonly remember: boolean;
}

/** Code points of the name that is shown. */
const NAME_MAX_LENGTH = 100;

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
  const { store, clock, settings, hasher, report } = context;
  const identity = acceptRegistration(registration, settings);
  if (!settings.registrationOpen) throw new AuthError("registration_closed");
  const user: User = {
    ...identity,
    id: newId() as UserId,
    role: "user",
    disabled: false,
    passwordHash: await limitRegistration(client, context, async () => {
      await acceptPassword(registration.password, identity, context);
      return hashPassword(registration.password, settings, hasher);
    }),
    createdAt: clock.now(),
    deviceEpoch: 0,
  };
  const outcome = await store.createUser(user);
  if (outcome !== "created") throw new AuthError(outcome);
  report({ event: "user_created", userId: user.id });

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

/** The canonical identity behind a registration. @throws AuthError `validation_failed` */
function acceptRegistration(
  { username, email, name, password }: Registration,
  settings: AuthSettings,
): Pick<User, "username" | "email" | "name"> {
  const issues: FieldIssue[] = [];
  const refuse = (field: string, type: string, msg: string) =>
    issues.push({ type, loc: ["body", field], msg });

  const canonicalName = parseUsername(username);
  if (canonicalName === null) refuse("username", "username", USERNAME_RULE);
  else if (isReserved(canonicalName)) refuse("username", "reserved", "This user name is reserved");
  const canonicalEmail = parseEmail(email);
  if (canonicalEmail === null) refuse("email", "email", "This is not an e-mail address");
  const shownName = name?.trim() || null;
  if (shownName !== null && codePoints(shownName) > NAME_MAX_LENGTH) {
    refuse("name", "too_long", `At most ${NAME_MAX_LENGTH} characters`);
  }
  const wrongLength = lengthIssue(password, settings);
  if (wrongLength !== null) issues.push(wrongLength);
  if (issues.length > 0 || canonicalName === null || canonicalEmail === null) {
    throw new AuthError("validation_failed", { issues });
  }
  return { username: canonicalName, email: canonicalEmail, name: shownName };
}
