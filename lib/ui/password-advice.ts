import { type Identity, ownWords } from "@/lib/auth/own-words";
import { PASSWORD_MAX_LENGTH, WEAKNESSES } from "@/lib/auth/weakness";
import { judge } from "@/lib/password/strength.mjs";

/** What is said of a password while it is typed. */
export interface Advice {
  /** 1: it would be refused; 2 to 4: it would be accepted, the more the better. */
  readonly level: 1 | 2 | 3 | 4;
  readonly text: string;
}

const GOOD_GUESSES = 1e9;
const STRONG_GUESSES = 1e13;

/**
 * Says of a password what the server would say. Brings the lists of the server along, about 400 kB: load it only for
 * somebody who is about to type. `minLength` in code points.
 */
export function advise(password: string, identity: Identity, minLength: number): Advice {
  const { length } = [...password];
  if (length < minLength) return { level: 1, text: `Too short: at least ${minLength} characters` };
  if (length > PASSWORD_MAX_LENGTH) {
    return { level: 1, text: `Too long: at most ${PASSWORD_MAX_LENGTH} characters` };
  }
  const { weakness, guesses } = judge({ password, ownWords: ownWords(identity) });
  if (weakness !== null) return { level: 1, text: WEAKNESSES[weakness] };
  if (guesses < GOOD_GUESSES) return { level: 2, text: "Fair: the longer the better" };
  return guesses < STRONG_GUESSES ? { level: 3, text: "Good" } : { level: 4, text: "Strong" };
}
