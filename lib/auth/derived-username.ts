import { createHash } from "node:crypto";
import { isReserved, parseUsername } from "./identifier";

const USERNAME_MAX_CHARACTERS = 32;

/** Hex digits; with sixteen of them no two addresses share a name. */
const SUFFIX_LENGTHS = [4, 8, 16];

/**
 * User names for somebody who has only an address (canonical), best first: what stands before the `@`, then the same
 * with more and more of a hash of the address, so that every import finds the same names. None of them is reserved.
 */
export function derivedUsernames(email: string): readonly string[] {
  const local = email.slice(0, email.lastIndexOf("@"));
  const base = local.replace(/[^a-z0-9_.-]+/g, "-").replace(/^[_.-]+/, "") || "user";
  const digest = createHash("sha256").update(email).digest("hex");
  const withSuffix = SUFFIX_LENGTHS.map(
    (length) => `${base.slice(0, USERNAME_MAX_CHARACTERS - 1 - length)}-${digest.slice(0, length)}`,
  );
  return [base, ...withSuffix].filter((name) => parseUsername(name) === name && !isReserved(name));
}
