import type { AuthError } from "@/lib/auth/errors";
import type { RefreshRequest } from "@/lib/auth/refresh";
import type { Tokens } from "@/lib/auth/session";
import { REASON_HEADER } from "@/lib/contract";
import { type Answer, json } from "./answer";
import type { Call } from "./call";
import { clearSession, setRefreshToken, setSession } from "./cookies";
import { SIGN_IN_REASON } from "./sign-in-reason";
import { bearerTokens, signedIn } from "./wire";

type Channel = RefreshRequest["channel"];

/** Answers a refresh the way the session was opened, the refresh token by the channel it came in by. */
export function handOver({ jar }: Call, tokens: Tokens, channel: Channel): Answer {
  if (tokens.session.transport === "cookie") {
    setSession(jar, tokens);
    return json(signedIn(tokens));
  }
  if (channel === "body") {
    return json({ ...bearerTokens(tokens), refresh_token: tokens.refreshToken });
  }
  setRefreshToken(jar, tokens);
  return json(bearerTokens(tokens));
}

/**
 * After a refused refresh by cookie: says why, and takes the dead cookies back, but not where a logout or a newer
 * login ended the session. There the cookies of the newer one may be on their way already.
 */
export function takeBack({ jar, headers }: Call, { code, facts }: AuthError): void {
  if (code !== "invalid_refresh_token" || facts.ended === undefined) return;
  const reason = SIGN_IN_REASON[facts.ended];
  if (reason !== null) headers[REASON_HEADER] = reason;
  if (facts.ended !== "logout" && facts.ended !== "replaced") clearSession(jar);
}
