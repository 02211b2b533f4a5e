import { randomUUID } from "node:crypto";
import { compactVerify, SignJWT } from "jose";
import { z } from "zod";
import { addSeconds, type Instant } from "@/lib/clock";
import type { AuthContext } from "./context";
import { AuthError } from "./errors";
import { keysOf, kidHex } from "./keys";
import type { Role } from "./policy";
import type { Session, SessionId, UserId } from "./store";

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

const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string().transform((id) => id as UserId),
  sid: z.string().transform((id) => id as SessionId),
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
  /** We set none; who does has it respected. @see RFC 7519 section 4.1.5 */
  nbf: z.int().optional(),
  auth_time: z.int(),
  scope: z.string(),
  role: z.string(),
});

/** What a verified access token says. */
export type AccessClaims = z.output<typeof Claims>;

type Needs = Pick<AuthContext, "keys" | "clock" | "settings">;

/** Signs an access token that lives `accessTokenSeconds` from `now`. @see RFC 9068 section 2 */
export function signAccessToken(
  of: { readonly session: Session; readonly scope: string; readonly role: Role },
  now: Instant,
  { keys: [key], settings }: Needs,
): Promise<string> {
  const issuedAt = Math.floor(now / 1000);
  return new SignJWT({
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
  })
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: kidHex(key.kid) })
    .sign(key.signing);
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
  const header = readHeader(token);
  if (header === null) throw invalid();
  const payload = await verifySignature(token, keysOf(keys, Number.parseInt(header.kid, 16)));
  if (payload === null) throw invalid();
  const claims = Claims.safeParse(parseJson(payload));
  if (!claims.success) throw invalid();

  const { iss, aud, iat, exp, nbf = iat } = claims.data;
  const now = clock.now();
  if (iss !== settings.origin || aud !== settings.origin) throw invalid();
  if (exp <= iat || exp - iat > MAX_LIFE_SECONDS) throw invalid();
  if (Math.max(iat, nbf) * 1000 > addSeconds(now, EARLY_SECONDS)) throw invalid();
  if (addSeconds(exp * 1000, expiredForSeconds) <= now) throw expired();
  return claims.data;
}

const invalid = () =>
  new AuthError("invalid_token", { description: "The access token is invalid" });
const expired = () => new AuthError("invalid_token", { description: "The access token expired" });

function readHeader(token: string): z.output<typeof Header> | null {
  if (token.length > MAX_CHARACTERS) return null;
  const parts = token.split(".");
  const [encoded] = parts;
  if (parts.length !== 3 || encoded === undefined || !parts.every(isCanonical)) return null;
  const header = Header.safeParse(parseJson(Buffer.from(encoded, "base64url")));
  return header.success ? header.data : null;
}

/** One text per sequence of bytes: without this, a token has several spellings. @see RFC 7515 section 2 */
function isCanonical(part: string): boolean {
  return part !== "" && Buffer.from(part, "base64url").toString("base64url") === part;
}

async function verifySignature(
  token: string,
  candidates: ReturnType<typeof keysOf>,
): Promise<Uint8Array | null> {
  for (const { verifying } of candidates) {
    const verified = await compactVerify(token, verifying, { algorithms: ["EdDSA"] }).catch(
      () => null,
    );
    if (verified !== null) return verified.payload;
  }
  return null;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
