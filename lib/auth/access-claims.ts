import { z } from "zod";
import type { SessionId, UserId } from "./store";

const Claims = z
  .object({
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
  })
  .readonly();

/** What an authentic access token says. Whether it says it to us, and when, `verifyAccessToken` asks. */
export type AccessClaims = z.output<typeof Claims>;

/** The claims of a payload, frozen; null when one is missing or of another type. Others are dropped. */
export function parseClaims(payload: Uint8Array): AccessClaims | null {
  const claims = Claims.safeParse(parseJson(payload));
  return claims.success ? claims.data : null;
}

/** JSON in UTF-8, or null. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
