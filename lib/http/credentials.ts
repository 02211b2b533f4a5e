import { AuthError } from "@/lib/auth/errors";
import type { RefreshRequest } from "@/lib/auth/refresh";
import type { ShownTokens } from "@/lib/auth/visit";
import { ATTEMPT_HEADER } from "@/lib/contract";
import { readCookies } from "./cookies";

/** RFC 6750 section 2.1 */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

/**
 * The token of an `Authorization: Bearer` header. Null without one: another scheme, such as the Basic of a proxy in
 * front of us, is not ours.
 *
 * @throws AuthError `invalid_token` for a Bearer header without a token in it
 */
export function readBearer(request: Request): string | null {
  const token = bearerOf(request);
  if (token === null) return null;
  if (!TOKEN.test(token)) throw new AuthError("invalid_token");
  return token;
}

/**
 * The access token that counts: a Bearer header wins, even when it is bad; else the cookie.
 *
 * @throws AuthError `invalid_token`
 */
export function readAccessToken(request: Request): string | null {
  const bearer = readBearer(request);
  if (bearer !== null) return bearer;
  const { accessToken, isAmbiguous } = readCookies(request.headers.get("cookie"));
  if (isAmbiguous) throw new AuthError("invalid_token");
  return accessToken;
}

/**
 * The refresh token that counts: one in the body wins, even when it is bad; else the cookie.
 *
 * @throws AuthError `invalid_refresh_token`
 */
export function readRefreshToken(
  request: Request,
  inBody: string | null | undefined,
): Pick<RefreshRequest, "token" | "channel"> {
  if (typeof inBody === "string") return { token: inBody, channel: "body" };
  const { refreshToken, isAmbiguous } = readCookies(request.headers.get("cookie"));
  if (isAmbiguous || refreshToken === null) throw new AuthError("invalid_refresh_token");
  return { token: refreshToken, channel: "cookie" };
}

/**
 * All tokens that a logout shows. A Bearer header or a token in the body win; cookies are then not looked at.
 *
 * @throws AuthError `invalid_token` where a cookie came twice
 */
export function readAnyToken(
  request: Request,
  inBody: string | null | undefined,
): ShownTokens & Pick<RefreshRequest, "channel"> {
  const bearer = bearerOf(request);
  if (bearer !== null || typeof inBody === "string") {
    return { accessToken: bearer, refreshToken: inBody ?? null, channel: "body" };
  }
  const { isAmbiguous, ...cookies } = readCookies(request.headers.get("cookie"));
  if (isAmbiguous) throw new AuthError("invalid_token");
  return { ...cookies, channel: "cookie" };
}

/** What a client calls this attempt to refresh; an unusable name is none. */
export function readAttempt(request: Request): string | null {
  const attempt = request.headers.get(ATTEMPT_HEADER);
  return attempt !== null && /^[\x21-\x7e]{1,128}$/.test(attempt) ? attempt : null;
}

/** What follows `Bearer`, usable or not; null without such a header. */
function bearerOf(request: Request): string | null {
  const match = /^bearer(?:\s+(.*))?$/i.exec(request.headers.get("authorization")?.trim() ?? "");
  return match === null ? null : (match[1] ?? "");
}
