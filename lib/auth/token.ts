import type { AuthContext } from "./context";
import { AuthError, type ErrorCode, isAuthError } from "./errors";
import { type RefreshRequest, refresh } from "./refresh";
import type { Client, Tokens } from "./session";
import { type Credentials, signIn } from "./sign-in";

/** The password grant as an API client asks for it. */
export interface PasswordGrant extends Credentials {
  readonly scope: string;
  readonly client: Client;
  readonly replaces: string | null;
}

/**
 * The OAuth 2.0 password grant: a session whose tokens the client carries itself; it counts as remembered.
 *
 * @throws AuthError `oauth_invalid_credentials`, `rate_limited`, `unavailable`
 * @see RFC 6749 section 4.3
 */
export function grantPassword(grant: PasswordGrant, context: AuthContext): Promise<Tokens> {
  const { username, password, scope, client, replaces } = grant;
  const opening = { transport: "bearer", remembered: true, scope, client, replaces } as const;
  return asOAuth(signIn({ username, password }, opening, context));
}

/**
 * The OAuth 2.0 refresh grant, for the sessions that `grantPassword` opened.
 *
 * @throws AuthError `oauth_invalid_refresh_token`, `rate_limited`, `unavailable`
 * @see RFC 6749 section 6
 */
export function grantRefresh(request: RefreshRequest, context: AuthContext): Promise<Tokens> {
  return asOAuth(refresh(request, context));
}

/** The token endpoint says 400 where the others say 401. @see RFC 6749 section 5.2 */
const OAUTH_CODES: Partial<Record<ErrorCode, ErrorCode>> = {
  invalid_credentials: "oauth_invalid_credentials",
  invalid_refresh_token: "oauth_invalid_refresh_token",
};

async function asOAuth(tokens: Promise<Tokens>): Promise<Tokens> {
  try {
    return await tokens;
  } catch (error) {
    const code = isAuthError(error) && OAUTH_CODES[error.code];
    throw code ? new AuthError(code, error.facts) : error;
  }
}
