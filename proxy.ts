import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { verifyAccessToken } from "@/lib/auth/access-token";
import { parseRefreshToken } from "@/lib/auth/refresh-token";
import { sharedClock } from "@/lib/clock";
import { isDevelopment, settings } from "@/lib/config";
import { readCookies } from "@/lib/http/cookies";
import { loginPath } from "@/lib/http/next-path";
import { PAGE_PATH_HEADER } from "@/lib/http/page-path";
import { isProtectedPath } from "@/lib/http/protected-path";
import { pageHeaders } from "@/lib/http/security-headers";
import { keyring } from "@/lib/keyring";

/** Every page, also the one that says that there is none; not the API and not the files we have. */
export const config = {
  matcher: [
    "/((?!api(?:/|$)|_next/static/|\\.well-known/jwks\\.json$|icon\\.svg$|robots\\.txt$).*)",
  ],
};

/**
 * Stands before every page: gives it its content security policy with a fresh nonce, and sends on to a protected one
 * only who shows an access token or a refresh token of ours, everybody else to the login page. Asks no database and
 * sets no cookie; the page itself asks again and knows better.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl;
  const here = `${pathname}${search}`;
  const nonce = randomBytes(16).toString("base64");
  const policy = pageHeaders({ nonce, origin: settings().origin, dev: isDevelopment() });

  if (isProtectedPath(pathname) && !(await isPlausible(request))) {
    const headers = { ...policy, "Cache-Control": "no-store" };
    return NextResponse.redirect(new URL(loginPath(here), request.nextUrl), { headers });
  }
  const passedOn = new Headers(request.headers);
  passedOn.set(PAGE_PATH_HEADER, here);
  // where Next looks for the nonce of its own scripts; of what a client sends under these names nothing is left
  passedOn.set("Content-Security-Policy", policy["Content-Security-Policy"]);
  passedOn.delete("Content-Security-Policy-Report-Only");
  return NextResponse.next({ request: { headers: passedOn }, headers: policy });
}

/** Whether a visitor shows a token that could be a live session's. */
async function isPlausible(request: NextRequest): Promise<boolean> {
  const { isAmbiguous, accessToken, refreshToken } = readCookies(request.headers.get("cookie"));
  if (isAmbiguous) return false;
  const keys = await keyring();
  if (refreshToken !== null && parseRefreshToken(refreshToken, keys) !== null) return true;
  if (accessToken === null) return false;
  const needs = { keys, clock: sharedClock(), settings: settings() };
  return verifyAccessToken(accessToken, needs).then(
    () => true,
    () => false,
  );
}
