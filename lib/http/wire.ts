import Bowser from "bowser";
import type { Tokens } from "@/lib/auth/session";
import type { Session, User } from "@/lib/auth/store";
import { isoTime } from "@/lib/clock";
import type { SignedIn, WireSession, WireUser } from "@/lib/contract";

/** A user as everybody outside may see it. */
export function wireUser(user: User): WireUser {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    name: user.name,
    role: user.role,
    disabled: user.disabled,
    created_at: isoTime(user.createdAt),
  };
}

/** What login, and refresh of a cookie session, answer. The tokens are in the cookies. */
export function signedIn({ user, accessTokenSeconds }: Tokens): SignedIn {
  return { user: wireUser(user), expires_in: accessTokenSeconds };
}

/** An access token for an API client. @see RFC 6749 section 5.1 */
export function bearerTokens({ accessToken, accessTokenSeconds }: Tokens) {
  return { access_token: accessToken, token_type: "bearer", expires_in: accessTokenSeconds };
}

/** A session as its owner may see it. */
export function wireSession(session: Session, currentId: string): WireSession {
  return {
    id: session.id,
    current: session.id === currentId,
    created_at: isoTime(session.createdAt),
    last_used_at: isoTime(session.rotatedAt),
    expires_at: isoTime(session.idleEndAt),
    ip: session.ip,
    user_agent: session.userAgent,
    device: deviceOf(session.userAgent),
  };
}

/** A label such as `Firefox on Linux`. What a client says of itself, so a help for memory and no proof. */
function deviceOf(userAgent: string | null): string {
  if (!userAgent) return "Unknown device";
  const { browser, os } = Bowser.parse(userAgent);
  const [firstWord = userAgent] = userAgent.split(/[/ ]/);
  const program = browser.name || firstWord;
  return os.name ? `${program} on ${os.name}` : program;
}
