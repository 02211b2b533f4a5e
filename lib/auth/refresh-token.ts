import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type DerivedKey, type Keys, keysOf } from "./keys";
import type { SessionId } from "./store";

/** 72 characters of base64url that continue a session. Whoever holds it holds the session. */
export type RefreshToken = string & { readonly brand: "RefreshToken" };

/** The secret part of a session's refresh tokens, 16 random bytes; only its hash is stored. */
export type SessionSecret = Buffer & { readonly brand: "SessionSecret" };

/** What an authentic refresh token says. */
export interface RefreshClaims {
  readonly sessionId: SessionId;
  readonly secret: SessionSecret;
  readonly generation: number;
}

// version(1) kid(1) session(16) secret(16) generation(4) mac(16)
const VERSION = 1;
const BODY_BYTES = 38;
const TOKEN = /^[A-Za-z0-9_-]{72}$/;

/** A fresh secret for a fresh session. */
export function newSessionSecret(): SessionSecret {
  return randomBytes(16) as SessionSecret;
}

/** What the database keeps of a secret: base64url of SHA-256. */
export function hashSecret(secret: SessionSecret): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/**
 * The refresh token of one generation of a session. Deterministic: the same claims under the same key are the same
 * token, so a repeated refresh gets the identical successor although no token is stored.
 */
export function mintRefreshToken(claims: RefreshClaims, keys: Keys): RefreshToken {
  const [key] = keys;
  const body = Buffer.alloc(BODY_BYTES);
  body.writeUInt8(VERSION, 0);
  body.writeUInt8(key.kid, 1);
  body.write(claims.sessionId, 2, 16, "base64url");
  claims.secret.copy(body, 18);
  body.writeUInt32BE(claims.generation, 34);
  return Buffer.concat([body, macOf(body, key)]).toString("base64url") as RefreshToken;
}

/**
 * Reads a refresh token if its mac is ours; null for anything else. No database.
 * Does NOT say that the session exists, is live, or that the generation is current.
 */
export function parseRefreshToken(value: string, keys: Keys): RefreshClaims | null {
  // 72 characters are 54 whole bytes: every such text is the one encoding of its bytes
  if (!TOKEN.test(value)) return null;
  const bytes = Buffer.from(value, "base64url");
  const body = bytes.subarray(0, BODY_BYTES);
  const mac = bytes.subarray(BODY_BYTES);
  if (body.readUInt8(0) !== VERSION) return null;
  const candidates = keysOf(keys, body.readUInt8(1));
  if (!candidates.some((key) => timingSafeEqual(macOf(body, key), mac))) return null;
  return {
    sessionId: body.toString("base64url", 2, 18) as SessionId,
    secret: body.subarray(18, 34) as SessionSecret,
    generation: body.readUInt32BE(34),
  };
}

function macOf(body: Buffer, key: DerivedKey): Buffer {
  return createHmac("sha256", key.refreshMac).update(body).digest().subarray(0, 16);
}
