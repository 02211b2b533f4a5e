import type { AuthContext, AuthSettings } from "./context";
import { AuthError, type FieldIssue } from "./errors";
import { type Identity, ownWords } from "./own-words";
import { codePoints } from "./password";
import { PASSWORD_MAX_LENGTH, WEAKNESSES, type Weakness } from "./weakness";

/**
 * Tells what speaks against a password, of any length, whose owner is known by these words; null: nothing.
 * Works offline and not on the event loop.
 *
 * @throws AuthError `unavailable` when too many are waiting
 */
export type JudgePassword = (
  password: string,
  ownWords: readonly string[],
) => Promise<Weakness | null>;

/** What is wrong with the length of a new password, in code points; null: nothing. There are no other rules of form. */
export function lengthIssue(
  password: string,
  { passwordMinLength }: Pick<AuthSettings, "passwordMinLength">,
): FieldIssue | null {
  const length = codePoints(password);
  if (length < passwordMinLength) {
    return issue("too_short", `At least ${passwordMinLength} characters`);
  }
  if (length > PASSWORD_MAX_LENGTH) {
    return issue("too_long", `At most ${PASSWORD_MAX_LENGTH} characters`);
  }
  return null;
}

/**
 * Passes a password that its owner may have from now on: long enough, on no list, not made of his own data.
 *
 * @throws AuthError `validation_failed`, `unavailable`
 */
export async function acceptPassword(
  password: string,
  identity: Identity,
  { settings, judgePassword }: Pick<AuthContext, "settings" | "judgePassword">,
): Promise<void> {
  const wrongLength = lengthIssue(password, settings);
  if (wrongLength !== null) throw new AuthError("validation_failed", { issues: [wrongLength] });
  const weakness = await judgePassword(password, ownWords(identity));
  if (weakness === null) return;
  throw new AuthError("validation_failed", { issues: [issue(weakness, WEAKNESSES[weakness])] });
}

function issue(type: string, msg: string): FieldIssue {
  return { type, loc: ["body", "password"], msg };
}
