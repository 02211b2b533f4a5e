import { createHash } from "node:crypto";
import type { AccessClaims } from "./access-claims";

/** SHA-256 of a whole access token, signature included. */
type TokenHash = string & { readonly brand: "TokenHash" };

/**
 * Access tokens that one key was seen to have signed, here or elsewhere, so that a process verifies a signature at most
 * once and not with every request. A signature that was right stays right, and nothing else is kept: what a token says
 * is judged anew each time, by the clock and the settings, and the session row is read as if there were no memory.
 *
 * Holds hashes, so a dump of memory shows no token, and at most `2 * entries` of them.
 */
export interface VerifiedTokens {
  /** What the token says, if this very text was kept. */
  find(hash: TokenHash): AccessClaims | undefined;
  /** To be called with what a valid signature stands for, made or verified, never with a token that was refused. */
  keep(hash: TokenHash, claims: AccessClaims): void;
}

/** About half a kilobyte each. Who has more tokens than that in use verifies some of them again. */
const ENTRIES = 8192;

/** An empty memory. What was not asked for while `entries` others came is forgotten first. */
export function verifiedTokens(entries = ENTRIES): VerifiedTokens {
  let young = new Map<TokenHash, AccessClaims>();
  let old = young;

  const keep = (hash: TokenHash, claims: AccessClaims) => {
    if (young.size >= entries) {
      old = young;
      young = new Map();
    }
    young.set(hash, claims);
  };
  return {
    find(hash) {
      const claims = young.get(hash);
      if (claims !== undefined) return claims;
      const aged = old.get(hash);
      if (aged !== undefined) keep(hash, aged);
      return aged;
    },
    keep,
  };
}

/** By what a token is found again. */
export function hashToken(token: string): TokenHash {
  return createHash("sha256").update(token).digest("base64url") as TokenHash;
}
