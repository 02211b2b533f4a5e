import { type Authorized, authorize } from "./authorize";
import type { AuthContext } from "./context";
import { isAuthError } from "./errors";
import { type Peek, peek } from "./peek";
import type { Client } from "./session";

/** The cookies that somebody brings along. */
export interface ShownTokens {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
}

/**
 * Who visits a page, or posts a form to it: the access token says, else the refresh token is looked at. Only sessions
 * of cookies count. Writes nothing; a page never rotates.
 *
 * @throws AuthError `unavailable`
 * @see DECISIONS.md "Pages peek"
 */
export async function visit(
  { accessToken, refreshToken }: ShownTokens,
  client: Client,
  context: AuthContext,
): Promise<Peek> {
  const authorized = accessToken && (await authorizeOrNull(accessToken, context));
  if (authorized && authorized.session.transport === "cookie") {
    return { kind: "session", authorized };
  }
  if (refreshToken === null) return { kind: "none", ended: "unknown" };
  return peek(refreshToken, client, context);
}

async function authorizeOrNull(
  accessToken: string,
  context: AuthContext,
): Promise<Authorized | null> {
  try {
    return await authorize(accessToken, context);
  } catch (error) {
    if (isAuthError(error) && error.code === "invalid_token") return null;
    throw error;
  }
}
