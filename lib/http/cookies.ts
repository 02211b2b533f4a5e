import { createHash } from "node:crypto";
import type { DeviceToken } from "@/lib/auth/device";
import type { Tokens } from "@/lib/auth/session";
import type { Session } from "@/lib/auth/store";
import type { ShownTokens } from "@/lib/auth/visit";
import { COOKIES } from "@/lib/contract";

/** `Set-Cookie` values that an answer will carry, whether it is a success or an error. */
export type CookieJar = string[];

/** The tokens a request shows in its cookies. */
export interface AuthCookies extends ShownTokens {
  /** One of the names came twice: somebody planted one, and nobody can say which. */
  readonly isAmbiguous: boolean;
}

/** Browsers keep no cookie longer. @see RFC 6265bis section 5.5 */
const MAX_AGE_SECONDS = 400 * 24 * 60 * 60;
const FORM_SECONDS = 60;

/** Reads the auth cookies of a `Cookie` header. Names count exactly; quotes and escapes are not ours. */
export function readCookies(header: string | null): AuthCookies {
  const access = valuesOf(header, COOKIES.access);
  const refresh = valuesOf(header, COOKIES.refresh);
  return {
    isAmbiguous: access.length > 1 || refresh.length > 1,
    accessToken: access[0] ?? null,
    refreshToken: refresh[0] ?? null,
  };
}

/** The refresh token whose session a login in the same browser ends, or null. */
export function readReplaced(request: Request): string | null {
  const { refreshToken, isAmbiguous } = readCookies(request.headers.get("cookie"));
  return isAmbiguous ? null : refreshToken;
}

/** The device token, or null; also where it came twice, because somebody planted one. */
export function readDeviceCookie(header: string | null): string | null {
  const [token = null, another] = valuesOf(header, COOKIES.device);
  return another === undefined ? token : null;
}

/** The value of the cookie that remembers a form, or null. */
export function readFormCookie(header: string | null): string | null {
  return valuesOf(header, COOKIES.form)[0] ?? null;
}

/** Hands over the tokens of a cookie session. */
export function setSession(jar: CookieJar, tokens: Tokens): void {
  const { session, accessToken, accessTokenSeconds, refreshTokenSeconds } = tokens;
  const life = (seconds: number) => (session.remembered ? seconds : null);
  jar.push(cookie(COOKIES.access, accessToken, life(accessTokenSeconds)));
  setRefreshToken(jar, tokens);
  jar.push(cookie(COOKIES.hint, hintOf(session), life(refreshTokenSeconds), { readable: true }));
}

/** Hands over the refresh token alone: that of an API client whose access token is in the body. */
export function setRefreshToken(jar: CookieJar, tokens: Tokens): void {
  const { session, refreshToken, refreshTokenSeconds } = tokens;
  const maxAge = session.remembered ? refreshTokenSeconds : null;
  jar.push(cookie(COOKIES.refresh, refreshToken, maxAge));
}

/** Lets this device be known at the next sign-in; a logout does not change that. */
export function setDevice(jar: CookieJar, token: DeviceToken): void {
  jar.push(cookie(COOKIES.device, token, MAX_AGE_SECONDS));
}

/** Takes all auth cookies back, but for the one of the device. */
export function clearSession(jar: CookieJar): void {
  jar.push(cookie(COOKIES.access, "", 0));
  jar.push(cookie(COOKIES.refresh, "", 0));
  jar.push(cookie(COOKIES.hint, "", 0, { readable: true }));
}

/** Keeps what was typed into a form for the page that shows it again. */
export function setForm(jar: CookieJar, value: string): void {
  jar.push(cookie(COOKIES.form, value, FORM_SECONDS));
}

/** Forgets the form that came along in a request, now that it is done. */
export function clearForm(jar: CookieJar, { headers }: Request): void {
  if (readFormCookie(headers.get("cookie")) !== null) jar.push(cookie(COOKIES.form, "", 0));
}

/** Tells scripts that the session or its generation changed, and nothing else. */
function hintOf({ id, generation }: Pick<Session, "id" | "generation">): string {
  const mark = createHash("sha256").update(id).digest("hex").slice(0, 8);
  return `v1.${mark}.${generation}`;
}

/** `maxAgeSeconds` null: until the browser closes. */
function cookie(
  name: string,
  value: string,
  maxAgeSeconds: number | null,
  { readable = false } = {},
): string {
  const parts = [`${name}=${value}`, "Path=/"];
  if (maxAgeSeconds !== null) parts.push(`Max-Age=${Math.min(maxAgeSeconds, MAX_AGE_SECONDS)}`);
  parts.push("Secure");
  if (!readable) parts.push("HttpOnly");
  parts.push("SameSite=Lax");
  return parts.join("; ");
}

function valuesOf(header: string | null, name: string): readonly string[] {
  const start = `${name}=`;
  const values: string[] = [];
  for (const pair of header?.split(";") ?? []) {
    const text = pair.trim();
    if (text.startsWith(start)) values.push(text.slice(start.length));
  }
  return values;
}
