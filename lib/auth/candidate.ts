import type { Instant } from "@/lib/clock";
import { derivedUsernames } from "./derived-username";
import { type Adoption, adoptHash } from "./foreign-hash";
import { isReserved, parseEmail, parseUsername } from "./identifier";
import { NAME_MAX_LENGTH } from "./new-user";
import { codePoints, isVerifiable, type Peppers } from "./password";
import type { Role } from "./policy";
import type { User, UserId } from "./store";
import { NO_PASSWORD } from "./stored-password";

/** A user as another system tells of him. Nothing in it is checked yet; null is what was not told. */
export interface Candidate {
  /** Of one of our own users; what a foreign system calls him is none. */
  readonly id: UserId | null;
  readonly username: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: Role;
  readonly disabled: boolean;
  readonly passwordHash: string | null;
  readonly createdAt: Instant | null;
  readonly deviceEpoch: number;
}

/** What an operator allows for one import. */
export interface Allowances {
  /** Users whose hash cannot be verified here, or who have none, come without a password. */
  readonly withoutPassword: boolean;
  /** Names such as `admin`, which nobody may register. */
  readonly reservedNames: boolean;
}

/** A user but for what only the database can say: which of the names is free, best first. */
export interface Accepted extends Omit<User, "id" | "username" | "createdAt"> {
  readonly id: UserId | null;
  readonly usernames: readonly string[];
  /** Nobody called him so: the names were made of his address. */
  readonly isNameDerived: boolean;
  readonly createdAt: Instant | null;
}

/** Why not, a clause for people; holds no hash. */
export interface Refused {
  readonly refused: string;
}

/**
 * The user behind a candidate, everything in its canonical form. Pure. An address in the place of the user name is the
 * address. Does NOT judge passwords, which nobody knows, and looks at nobody else: whoever is there is asked later.
 */
export function acceptCandidate(
  candidate: Candidate,
  allowances: Allowances,
  peppers: Peppers,
): Accepted | Refused {
  const isAddress = candidate.username?.includes("@") === true;
  const typedName = isAddress ? null : candidate.username;
  const email = parseEmail(candidate.email ?? (isAddress ? candidate.username : null) ?? "");
  if (email === null) return { refused: "no valid e-mail address" };

  const username = typedName === null ? null : parseUsername(typedName);
  if (typedName !== null && username === null) {
    return { refused: "the user name is not 3 to 32 letters, digits or . _ -" };
  }
  if (username !== null && isReserved(username) && !allowances.reservedNames) {
    return { refused: `the user name ${username} is reserved` };
  }

  const name = candidate.name?.trim() || null;
  if (name !== null && !isShowable(name)) {
    return { refused: `the name is longer than ${NAME_MAX_LENGTH} characters or holds others` };
  }

  const adopted = adoptPassword(candidate.passwordHash, peppers);
  if ("refused" in adopted && !allowances.withoutPassword) return adopted;
  return {
    id: candidate.id,
    usernames: username === null ? derivedUsernames(email) : [username],
    isNameDerived: username === null,
    email,
    name,
    role: candidate.role,
    disabled: candidate.disabled,
    passwordHash: "stored" in adopted ? adopted.stored : NO_PASSWORD,
    createdAt: candidate.createdAt,
    deviceEpoch: candidate.deviceEpoch,
  };
}

function adoptPassword(hash: string | null, peppers: Peppers): Adoption {
  if (hash === null || hash === NO_PASSWORD) return { refused: "there is no password hash" };
  const adopted = adoptHash(hash);
  if ("refused" in adopted || isVerifiable(adopted.stored, { peppers })) return adopted;
  return { refused: "the password hash was made with a PASSWORD_PEPPER that is not set here" };
}

/** As at registration: not too long, no control characters, well-formed. */
function isShowable(name: string): boolean {
  return codePoints(name) <= NAME_MAX_LENGTH && name.isWellFormed() && !/\p{Cc}/u.test(name);
}
