import type { AuthContext, AuthSettings } from "./context";
import { AuthError, type FieldIssue } from "./errors";
import { isReserved, parseEmail, parseUsername, USERNAME_RULE } from "./identifier";
import { newId } from "./new-id";
import { lengthIssue } from "./new-password";
import type { Identity } from "./own-words";
import { codePoints } from "./password";
import type { User, UserId } from "./store";

/** A new account as it was asked for; nothing in it is checked yet. */
export interface NewUser extends Identity {
  readonly password: string;
}

/** Code points of the name that is shown. */
export const NAME_MAX_LENGTH = 100;

/**
 * The canonical identity behind what was asked for. Of the password only the length is looked at.
 *
 * @param names `open`: reserved ones are for the house
 * @throws AuthError `validation_failed`, with every field that is wrong
 */
export function acceptNewUser(
  { username, email, name, password }: NewUser,
  names: "open" | "all",
  settings: AuthSettings,
): Identity {
  const issues: FieldIssue[] = [];
  const refuse = (field: string, type: string, msg: string) =>
    issues.push({ type, loc: ["body", field], msg });

  const canonicalName = parseUsername(username);
  if (canonicalName === null) refuse("username", "username", USERNAME_RULE);
  else if (names === "open" && isReserved(canonicalName)) {
    refuse("username", "reserved", "This user name is reserved");
  }
  const canonicalEmail = parseEmail(email);
  if (canonicalEmail === null) refuse("email", "email", "This is not an e-mail address");
  const shownName = name?.trim() || null;
  if (shownName !== null && codePoints(shownName) > NAME_MAX_LENGTH) {
    refuse("name", "too_long", `At most ${NAME_MAX_LENGTH} characters`);
  }
  if (shownName !== null && /\p{Cc}/u.test(shownName)) {
    refuse("name", "characters", "No control characters");
  }
  const wrongLength = lengthIssue(password, settings);
  if (wrongLength !== null) issues.push(wrongLength);
  if (issues.length > 0 || canonicalName === null || canonicalEmail === null) {
    throw new AuthError("validation_failed", { issues });
  }
  return { username: canonicalName, email: canonicalEmail, name: shownName };
}

/**
 * Adds an enabled user to the store and says so in the log.
 *
 * @throws AuthError `username_taken`, `email_taken`, `unavailable`
 */
export async function addUser(
  given: Identity & Pick<User, "role" | "passwordHash">,
  { store, clock, report }: AuthContext,
): Promise<User> {
  const user: User = {
    ...given,
    id: newId() as UserId,
    disabled: false,
    createdAt: clock.now(),
    deviceEpoch: 0,
  };
  const outcome = await store.createUser(user);
  if (outcome !== "created") throw new AuthError(outcome);
  report({ event: "user_created", userId: user.id });
  return user;
}
