import type { AuthContext } from "./context";
import type { Client, Tokens } from "./session";
import { type Credentials, signIn } from "./sign-in";

/** What the browser's login form says. */
export interface Login extends Credentials {
  readonly remember: boolean;
}

/**
 * Signs a browser in: a session whose tokens travel in cookies only.
 *
 * @param replaces the refresh cookie that came along; its session makes room for the new one
 * @throws AuthError `invalid_credentials`, `rate_limited`, `unavailable`
 */
export function login(
  { remember, ...credentials }: Login,
  client: Client,
  replaces: string | null,
  context: AuthContext,
): Promise<Tokens> {
  const opening = {
    transport: "cookie",
    remembered: remember,
    scope: "",
    client,
    replaces,
  } as const;
  return signIn(credentials, opening, context);
}
