import { type NextRequest, NextResponse } from "next/server";
import { verifyAccessToken } from "@/lib/auth/access-token";
import { parseRefreshToken } from "@/lib/auth/refresh-token";
import type { ShownTokens } from "@/lib/auth/visit";
import { sharedClock } from "@/lib/clock";
import { settings } from "@/lib/config";
import { readCookies } from "@/lib/http/cookies";
import { loginPath } from "@/lib/http/next-path";
import { PAGE_PATH_HEADER } from "@/lib/http/page-path";
import { keyring } from "@/lib/keyring";

export const config = { matcher: ["/dashboard/:path*", "/account/:path*"] };

/**
 * The gate of protected pages: sends on who shows an access token or a refresh token of ours, everybody else to the
 * login page. Asks no database and sets no cookie; the page itself asks again and knows better.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl;
  const here = `${pathname}${search}`;
  const cookies = readCookies(request.headers.get("cookie"));
  if (cookies.isAmbiguous || !(await isPlausible(cookies))) {
    const headers = { "Cache-Control": "no-store" };
    return NextResponse.redirect(new URL(loginPath(here), request.nextUrl), { headers });
  }
  const headers = new Headers(request.headers);
  headers.set(PAGE_PATH_HEADER, here);
  return NextResponse.next({ request: { headers } });
}

async function isPlausible({ accessToken, refreshToken }: ShownTokens): Promise<boolean> {
  const keys = await keyring();
  if (refreshToken !== null && parseRefreshToken(refreshToken, keys) !== null) return true;
  if (accessToken === null) return false;
  const needs = { keys, clock: sharedClock(), settings: settings() };
  return verifyAccessToken(accessToken, needs).then(
    () => true,
    () => false,
  );
}
