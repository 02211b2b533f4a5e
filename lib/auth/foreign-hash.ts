import { FOREIGN_COST_MAX, parseStored } from "./stored-password";

/** The stored form of a hash from elsewhere, or why it has none: a clause that holds nothing of the hash. */
export type Adoption = { readonly stored: string } | { readonly refused: string };

const BCRYPT = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;
/** passlib's `bcrypt_sha256` in its two versions, of which the first does not say so. */
const PASSLIB_V1 = /^\$bcrypt-sha256\$(2[ab]),(\d\d?)\$([./A-Za-z0-9]{22})\$([./A-Za-z0-9]{31})$/;
const PASSLIB_V2 =
  /^\$bcrypt-sha256\$v=2,t=(2[ab]),r=(\d\d?)\$([./A-Za-z0-9]{22})\$([./A-Za-z0-9]{31})$/;
const BETTER_AUTH = /^([0-9a-f]{32}):([0-9a-f]{128})$/;

/** bcrypt's digits of 64. */
const DIGITS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** Where the salt's last digit stands in `$2b$12$…`. */
const SALT_END = 28;

/**
 * What is kept of a password hash that another system made, so that its owner signs in with the old password:
 * bcrypt (`$2a$`, `$2b$`, `$2y$`) of cost 4 to 15, passlib's `bcrypt_sha256`, Better Auth's scrypt, and our own forms.
 * All others are refused: nothing here could verify them. Does NOT try a password against it.
 */
export function adoptHash(hash: string): Adoption {
  const stored = storedFormOf(hash);
  return parseStored(stored) === null ? { refused: whyRefused(hash, stored) } : { stored };
}

/** Translated where it must be; what is of no known kind stays as it is. */
function storedFormOf(hash: string): string {
  if (BCRYPT.test(hash)) return withoutSpareBits(hash);
  const [, salt, key] = BETTER_AUTH.exec(hash) ?? [];
  if (salt !== undefined) return `$latchkey$better-auth$${salt}$${key}`;
  return (
    passlibForm("passlib-v1", PASSLIB_V1, hash) ??
    passlibForm("passlib-v2", PASSLIB_V2, hash) ??
    hash
  );
}

function passlibForm(name: string, form: RegExp, hash: string): string | null {
  const [, variant, cost, salt, digest] = form.exec(hash) ?? [];
  if (cost === undefined) return null;
  return `$latchkey$${name}$${variant}$${cost.padStart(2, "0")}$${salt}${digest}`;
}

/** The salt's last digit carries two bits. Old makers filled the others with anything, and hashes are compared as text. */
function withoutSpareBits(hash: string): string {
  const digit = DIGITS.indexOf(hash.charAt(SALT_END)) & 0b110000;
  return hash.slice(0, SALT_END) + DIGITS.charAt(digit) + hash.slice(SALT_END + 1);
}

/** Only the name of a kind is repeated: the rest may be a hash, or a password that somebody kept as it was. */
function whyRefused(hash: string, stored: string): string {
  const cost = /\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(stored)?.[1];
  if (cost !== undefined) {
    return `the password hash has bcrypt cost ${cost}; 4 to ${FOREIGN_COST_MAX} are accepted`;
  }
  if (/^\$2x?\$/.test(hash)) return "the password hash is of a broken variant of bcrypt";
  const kind = /^\$(argon2(?:i|d|id)|scrypt|pbkdf2[a-z0-9-]*)\$/.exec(hash)?.[1];
  return kind === undefined
    ? "the password hash is damaged or of no known kind"
    : `the password hash is of a kind that is not verified here (${kind})`;
}
