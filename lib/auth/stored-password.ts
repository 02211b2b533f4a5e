/** A stored password, taken apart. */
export type StoredPassword =
  | {
      readonly kind: "bcrypt";
      /** What was done to the password before: a pepper's id, one of passlib's ways, or null for nothing. */
      readonly prehash: string | null;
      readonly bcryptHash: string;
      readonly cost: number;
    }
  /** As Better Auth makes it: N = 2¹⁴, r = 16, p = 1, 64 bytes; the salt is the text and not the bytes it stands for. */
  | { readonly kind: "scrypt"; readonly salt: string; readonly key: string }
  /** Nobody knows it, because there is none. */
  | { readonly kind: "none" };

/** Above our own highest setting a hash would keep a worker for seconds each time somebody guesses. */
export const FOREIGN_COST_MAX = 15;

/** bcrypt knows no cost below 4. */
const BCRYPT = /(\$2[aby]\$(0[4-9]|1[0-5])\$[./A-Za-z0-9]{53})$/;
const PREFIX = /^(?:\$latchkey\$(public|[0-9a-f]{8}|passlib-v[12]))?/;
const WITH_BCRYPT = new RegExp(PREFIX.source + BCRYPT.source);
const WITH_SCRYPT = /^\$latchkey\$better-auth\$([0-9a-f]{32})\$([0-9a-f]{128})$/;

/** The stored form of an account without a password: it is set before anybody signs in. */
export const NO_PASSWORD = "$latchkey$none";

/**
 * Reads a stored form; null when it is none, or of a cost that nobody may be made to pay. Forms:
 * - `$latchkey$<pepper id or public><bcrypt>`, the one that is made here;
 * - plain bcrypt, `$latchkey$passlib-v1<bcrypt>`, `$latchkey$passlib-v2<bcrypt>` and
 *   `$latchkey$better-auth$<salt>$<key>`, brought from elsewhere (`foreign-hash.ts`);
 * - `$latchkey$none`.
 */
export function parseStored(stored: string): StoredPassword | null {
  if (stored === NO_PASSWORD) return { kind: "none" };
  const [, salt, key] = WITH_SCRYPT.exec(stored) ?? [];
  if (salt !== undefined && key !== undefined) return { kind: "scrypt", salt, key };
  const [, prehash = null, bcryptHash, cost] = WITH_BCRYPT.exec(stored) ?? [];
  if (bcryptHash === undefined) return null;
  return { kind: "bcrypt", prehash, bcryptHash, cost: Number(cost) };
}
