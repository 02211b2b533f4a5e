import { type KeyObject, randomUUID, sign } from "node:crypto";
import { compactVerify } from "jose";
import { z } from "zod";
import { addSeconds, type Instant } from "@/lib/clock";
import { type AccessClaims, parseClaims, parseJson } from "./access-claims";
import type { AuthContext } from "./context";
import { AuthError } from "./errors";
import { type DerivedKey, type Keys, keysOf, kidHex } from "./keys";
import type { Role } from "./policy";
import type { Session } from "./store";
import { hashToken } from "./verified-tokens";

/** The longest life a token may have, whatever the settings were when it was signed. */
const MAX_LIFE_SECONDS = 3600;
/** How far ahead of us the clock of another instance that signs may be. */
const EARLY_SECONDS = 60;
const MAX_CHARACTERS = 1024;

const Header = z.strictObject({
  alg: z.literal("EdDSA"),
  typ: z.literal("at+jwt"),
  kid: z.string().regex(/^[0-9a-f]{2}$/),
});

type Needs = Pick<AuthContext, "keys" | "clock" | "settings">;

/**
 * Signs an access token that lives `accessTokenSeconds` from `now`, and remembers that it did.
 *
 * @see RFC 9068 section 2, RFC 7515 section 5.1; DECISIONS.md "A signature is verified once a process"
 */
export function signAccessToken(
  of: { readonly session: Session; readonly scope: string; readonly role: Role },
  now: Instant,
  { keys: [key], settings }: Needs,
): string {
  const issuedAt = Math.floor(now / 1000);
  const header = encode({ alg: "EdDSA", typ: "at+jwt", kid: kidHex(key.kid) });
  const claims: AccessClaims = Object.freeze({
    iss: settings.origin,
    aud: settings.origin,
    sub: of.session.userId,
    sid: of.session.id,
    jti: randomUUID(),
    iat: issuedAt,
    exp: issuedAt + settings.accessTokenSeconds,
    auth_time: Math.floor(of.session.authenticatedAt / 1000),
    scope: of.scope,
    role: of.role,
  });
  const content = `${header}.${encode(claims)}`;
  const token = `${content}.${sign(null, Buffer.from(content), key.signing).toString("base64url")}`;
  key.verified.keep(hashToken(token), claims);
  return token;
}

/**
 * Verifies everything about an access token that needs no database: canonical encoding, header, signature, issuer,
 * audience, claims and times. Expired means expired; `expiredForSeconds` lets logout still recognise an old token.
 *
 * Does NOT know whether the session still lives; `authorize` asks.
 *
 * @throws AuthError `invalid_token`
 * @see RFC 9068 section 4, RFC 8725
 */
export async function verifyAccessToken(
  token: string,
  { keys, clock, settings }: Needs,
  { expiredForSeconds = 0 } = {},
): Promise<AccessClaims> {
  const claims = token.length > MAX_CHARACTERS ? null : await claimsOf(token, keys);
  if (claims === null) throw invalid();

  const { iss, aud, iat, exp, nbf = iat } = claims;
  const now = clock.now();
  if (iss !== settings.origin || aud !== settings.origin) throw invalid();
  if (exp <= iat || exp - iat > MAX_LIFE_SECONDS) throw invalid();
  if (Math.max(iat, nbf) * 1000 > addSeconds(now, EARLY_SECONDS)) throw invalid();
  if (addSeconds(exp * 1000, expiredForSeconds) <= now) throw expired();
  return claims;
}

const invalid = () =>
  new AuthError("invalid_token", { description: "The access token is invalid" });
const expired = () => new AuthError("invalid_token", { description: "The access token expired" });

/** What a token says that one of our keys signed, whoever it was said to; null for any other. */
async function claimsOf(token: string, keys: Keys): Promise<AccessClaims | null> {
  const hash = hashToken(token);
  for (const { verified } of keys) {
    const claims = verified.find(hash);
    if (claims !== undefined) return claims;
  }
  for (const { verifying, verified } of candidates(token, keys)) {
    const payload = await verifySignature(token, verifying);
    if (payload === null) continue;
    const claims = parseClaims(payload);
    if (claims !== null) verified.keep(hash, claims);
    return claims;
  }
  return null;
}

/** The keys that may have signed a token; none for what is not in the one form that ours have. */
function candidates(token: string, keys: Keys): readonly DerivedKey[] {
  const parts = token.split(".");
  const [encoded] = parts;
  if (parts.length !== 3 || encoded === undefined || !parts.every(isCanonical)) return [];
  const header = Header.safeParse(parseJson(Buffer.from(encoded, "base64url")));
  return header.success ? keysOf(keys, Number.parseInt(header.data.kid, 16)) : [];
}

/** One text per sequence of bytes: without this, a token has several spellings. @see RFC 7515 section 2 */
function isCanonical(part: string): boolean {
  return part !== "" && Buffer.from(part, "base64url").toString("base64url") === part;
}

/** What was signed, or null. By a library and not by hand, since anybody may send anything. */
async function verifySignature(token: string, by: KeyObject): Promise<Uint8Array | null> {
  const verified = await compactVerify(token, by, { algorithms: ["EdDSA"] }).catch(() => null);
  return verified?.payload ?? null;
}

/** base64url of JSON. */
function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
