import { createHmac, scryptSync } from "node:crypto";
import type { AuthSettings } from "./context";
import { PASSWORD_MAX_LENGTH } from "./weakness";

/** Runs bcrypt somewhere that is not the event loop. Inputs are at most 72 bytes of ASCII, or a foreign password. */
export interface PasswordHasher {
  /** @throws AuthError `unavailable` when the queue is full */
  hash(text: string, cost: number): Promise<string>;
  /** @throws AuthError `unavailable` when the queue is full */
  compare(text: string, bcryptHash: string): Promise<boolean>;
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

/** A stored password, taken apart: `$latchkey$<pepper id><bcrypt>`, or plain bcrypt brought from elsewhere. */
interface StoredPassword {
  /** Null: plain bcrypt, no pre-hash. */
  readonly pepperId: string | null;
  readonly bcryptHash: string;
  readonly cost: number;
}

const STORED = /^(?:\$latchkey\$(public|[0-9a-f]{8}))?(\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53})$/;

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
  const text = parsed === null ? null : bcryptInput(password, parsed, settings.peppers);
  const possible = parsed !== null && text !== null && codePoints(password) <= PASSWORD_MAX_LENGTH;
  const matches = possible && (await hasher.compare(text, parsed.bcryptHash));
  if (!possible || parsed.cost !== settings.bcryptCost) {
    await hasher.compare("nobody", hashOfNobody(settings.bcryptCost));
  }
  return matches;
}

/** Whether a stored form is not what `hashPassword` would make today: plain, another pepper, another cost. */
export function needsUpgrade(stored: string, settings: HashSettings): boolean {
  const parsed = parseStored(stored);
  return parsed?.pepperId !== settings.peppers.current.id || parsed.cost !== settings.bcryptCost;
}

/** Whether a stored form is one that any password could match. False: the row is damaged, or was made elsewhere. */
export function isReadable(stored: string): boolean {
  return parseStored(stored) !== null;
}

/** Length as people count it. */
export function codePoints(text: string): number {
  return [...text].length;
}

function parseStored(stored: string): StoredPassword | null {
  const match = STORED.exec(stored);
  if (match === null) return null;
  const [, pepperId = null, bcryptHash = "", cost = ""] = match;
  return { pepperId, bcryptHash, cost: Number(cost) };
}

function bcryptInput(password: string, stored: StoredPassword, peppers: Peppers): string | null {
  if (stored.pepperId === null) return password;
  const known = [peppers.current, peppers.previous, NO_PEPPER];
  const pepper = known.find((each) => each?.id === stored.pepperId);
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
