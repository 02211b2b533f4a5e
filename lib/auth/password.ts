import { createHash, createHmac, scryptSync } from "node:crypto";
import type { AuthSettings } from "./context";
import { parseStored, type StoredPassword } from "./stored-password";
import { PASSWORD_MAX_LENGTH } from "./weakness";

/** Hashes somewhere that is not the event loop. Inputs are at most 72 bytes of ASCII, or a foreign password. */
export interface PasswordHasher {
  /** @throws AuthError `unavailable` when the queue is full */
  hash(text: string, cost: number): Promise<string>;
  /**
   * @param hash bcrypt, or Better Auth's scrypt as `<salt>:<key>`
   * @throws AuthError `unavailable` when the queue is full
   */
  compare(text: string, hash: string): Promise<boolean>;
}

/** The key of the pre-hash, and a public name for it that the stored form carries. */
export interface Pepper {
  readonly id: string;
  readonly key: string;
}

export interface Peppers {
  readonly current: Pepper;
  /** Verifies only; a hash made with it is upgraded. */
  readonly previous: Pepper | null;
}

/**
 * The pre-hash key where no `PASSWORD_PEPPER` is set. Public: then the pre-hash only lifts bcrypt's 72 bytes, and a hash
 * made with it verifies under any setting.
 */
const NO_PEPPER: Pepper = { id: "public", key: "latchkey/v1/password" };

type HashSettings = Pick<AuthSettings, "bcryptCost" | "peppers">;

/**
 * A pepper named after itself; undefined or empty means the public constant. About 0.2 s: the name stands beside every
 * hash and must not be a faster test of a guessed pepper than the hash itself.
 */
export function pepperOf(key: string | undefined): Pepper {
  if (key === undefined || key === "") return NO_PEPPER;
  const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 2 ** 27 };
  return { id: scryptSync(key, "latchkey/v1/pepper-id", 4, cost).toString("hex"), key };
}

/** The form in which a password is stored. @throws AuthError `unavailable` when the hashing queue is full */
export async function hashPassword(
  password: string,
  settings: HashSettings,
  hasher: PasswordHasher,
): Promise<string> {
  const { current } = settings.peppers;
  const bcryptHash = await hasher.hash(prehash(password, current), settings.bcryptCost);
  return `$latchkey$${current.id}${bcryptHash}`;
}

/**
 * Whether `password` is the one behind `stored`, with the work of at least one hash of the configured cost whatever
 * the answer: for a user who does not exist (`stored` null), a form we cannot read, and a password that is too long.
 *
 * @throws AuthError `unavailable` when the hashing queue is full
 */
export async function verifyPassword(
  password: string,
  stored: string | null,
  settings: HashSettings,
  hasher: PasswordHasher,
): Promise<boolean> {
  const parsed = stored === null ? null : parseStored(stored);
  const comparison =
    parsed !== null && codePoints(password) <= PASSWORD_MAX_LENGTH
      ? comparisonOf(password, parsed, settings.peppers)
      : null;
  const matches = comparison !== null && (await hasher.compare(...comparison));
  if (comparison === null || parsed?.kind !== "bcrypt" || parsed.cost !== settings.bcryptCost) {
    await hasher.compare("nobody", hashOfNobody(settings.bcryptCost));
  }
  return matches;
}

/** Whether a stored form is not what `hashPassword` would make today: foreign, another pepper, another cost. */
export function needsUpgrade(stored: string, settings: HashSettings): boolean {
  const parsed = parseStored(stored);
  if (parsed?.kind !== "bcrypt") return true;
  return parsed.prehash !== settings.peppers.current.id || parsed.cost !== settings.bcryptCost;
}

/** Whether a stored form is one that is known here. False: the row is damaged, or was made elsewhere. */
export function isReadable(stored: string): boolean {
  return parseStored(stored) !== null;
}

/** Whether some password can match a stored form under these settings: there is one, and its pepper is set here. */
export function isVerifiable(stored: string, { peppers }: Pick<HashSettings, "peppers">): boolean {
  const parsed = parseStored(stored);
  return parsed !== null && comparisonOf("", parsed, peppers) !== null;
}

/** Length as people count it. */
export function codePoints(text: string): number {
  return [...text].length;
}

/** What `hasher.compare` needs to know; null when no password can match. */
function comparisonOf(
  password: string,
  stored: StoredPassword,
  peppers: Peppers,
): [text: string, hash: string] | null {
  switch (stored.kind) {
    case "none":
      return null;
    case "scrypt":
      return [password.normalize("NFKC"), `${stored.salt}:${stored.key}`];
    case "bcrypt": {
      const text = bcryptInput(password, stored, peppers);
      return text === null ? null : [text, stored.bcryptHash];
    }
  }
}

function bcryptInput(
  password: string,
  { prehash: name, bcryptHash }: StoredPassword & { readonly kind: "bcrypt" },
  peppers: Peppers,
): string | null {
  if (name === null) return password;
  if (name === "passlib-v1") return createHash("sha256").update(password).digest("base64");
  if (name === "passlib-v2") {
    // of $2b$12$<salt><digest>
    const salt = bcryptHash.slice(7, 29);
    return createHmac("sha256", salt).update(password).digest("base64");
  }
  const known = [peppers.current, peppers.previous, NO_PEPPER];
  const pepper = known.find((each) => each?.id === name);
  return pepper ? prehash(password, pepper) : null;
}

/** 64 characters: under bcrypt's 72 bytes, no NUL, any Unicode, exactly as typed. */
function prehash(password: string, pepper: Pepper): string {
  return createHmac("sha384", pepper.key).update(password, "utf8").digest("base64");
}

/** Well-formed, and the hash of nothing anybody typed. */
function hashOfNobody(cost: number): string {
  return `$2b$${String(cost).padStart(2, "0")}$${"nobody".repeat(9).slice(0, 53)}`;
}
