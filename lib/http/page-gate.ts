import { randomBytes } from "node:crypto";
import { verifyAccessToken } from "@/lib/auth/access-token";
import { parseRefreshToken } from "@/lib/auth/refresh-token";
import { sharedClock } from "@/lib/clock";
import { isDevelopment, settings } from "@/lib/config";
import { keyring } from "@/lib/keyring";
import { readCookies } from "./cookies";
import { loginPath } from "./next-path";
import { isProtectedPath } from "./protected-path";
import { pageHeaders } from "./security-headers";

/** What comes before a page. */
export interface Admission {
  /** Of the answer, whichever it is. */
  readonly policy: ReturnType<typeof pageHeaders>;
  /** Where to go instead of the page; null: the page may be made. */
  readonly loginPath: string | null;
}

/**
 * What stands before every page, whoever calls it: the content security policy of its answer, with a fresh nonce, and
 * for a protected one the login page unless `cookie`, a `Cookie` header, shows an access token or a refresh token of
 * ours. Asks no database and sets no cookie; the page itself asks again and knows better.
 */
export async function admit(
  pathname: string,
  search: string,
  cookie: string | null,
): Promise<Admission> {
  const nonce = randomBytes(16).toString("base64");
  const policy = pageHeaders({ nonce, origin: settings().origin, dev: isDevelopment() });
  const isOpen = !isProtectedPath(pathname) || (await isPlausible(cookie));
  return { policy, loginPath: isOpen ? null : loginPath(`${pathname}${search}`) };
}

/** Whether a visitor shows a token that could be a live session's. */
async function isPlausible(cookie: string | null): Promise<boolean> {
  const { isAmbiguous, accessToken, refreshToken } = readCookies(cookie);
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
