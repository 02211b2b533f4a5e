import { addSeconds, type Instant } from "@/lib/clock";
import { signAccessToken } from "./access-token";
import type { AuthContext } from "./context";
import { newId } from "./new-id";
import { narrowScope } from "./policy";
import {
  hashSecret,
  mintRefreshToken,
  newSessionSecret,
  parseRefreshToken,
  type RefreshToken,
  type SessionSecret,
} from "./refresh-token";
import { idleEnd } from "./rotation";
import { endOf } from "./security-event";
import type { RevokedReason, Session, SessionId, SessionMatch, Transport, User } from "./store";

/** Where a request comes from: what a user will read in the list of sessions, and what limits go by. */
export interface Client {
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The device token that came along, unread. */
  readonly device: string | null;
}

/** How a session is to be opened. */
export interface Opening {
  readonly transport: Transport;
  readonly remembered: boolean;
  readonly scope: string;
  readonly client: Client;
  /** The refresh token that came along with the login; its session makes room for the new one. */
  readonly replaces: string | null;
}

/** What a client gets, and what its cookies are made from. */
export interface Tokens {
  readonly user: User;
  readonly session: Session;
  readonly scope: string;
  readonly accessToken: string;
  /** Life of the access token from now. */
  readonly accessTokenSeconds: number;
  readonly refreshToken: RefreshToken;
  /** What is left of the session from the same instant. */
  readonly refreshTokenSeconds: number;
}

/** A session that the browser is not told to remember ends after a day at the latest. */
const UNREMEMBERED_SECONDS = 24 * 60 * 60;

/**
 * Opens a session for a user whose password has just been verified.
 * Null when the user was disabled or got another password in between; then nothing was written.
 */
export async function openSession(
  user: User,
  opening: Opening,
  context: AuthContext,
): Promise<Tokens | null> {
  const { store, clock, settings, report } = context;
  const now = clock.now();
  const secret = newSessionSecret();
  const session = newSession(user, opening, secret, now, context);
  // first, so that it does not count towards the cap
  if (opening.replaces !== null) await endReplaced(opening.replaces, context);
  const trimmed = await store.openSession(session, user.passwordHash, settings.maxSessionsPerUser);
  if (trimmed === null) return null;
  for (const sessionId of trimmed) report({ ...endOf("cap"), userId: user.id, sessionId });
  report({ event: "session_created", userId: user.id, sessionId: session.id });
  return issueTokens(user, session, secret, now, context);
}

/** The tokens of a session's current generation. A new access token each time, the same refresh token. */
export function issueTokens(
  user: User,
  session: Session,
  secret: SessionSecret,
  now: Instant,
  context: AuthContext,
  requestedScope?: string,
): Tokens {
  const scope = narrowScope(session.scope, user.role, requestedScope);
  const { id: sessionId, generation } = session;
  return {
    user,
    session,
    scope,
    accessToken: signAccessToken({ session, scope, role: user.role }, now, context),
    accessTokenSeconds: context.settings.accessTokenSeconds,
    refreshToken: mintRefreshToken({ sessionId, secret, generation }, context.keys),
    refreshTokenSeconds: Math.max(1, Math.floor((session.idleEndAt - now) / 1000)),
  };
}

/** Ends the live session that an authentic refresh token of any generation belongs to; anything else is ignored. */
async function endReplaced(refreshToken: string, context: AuthContext): Promise<void> {
  const match = matchOf(refreshToken, context);
  if (match !== null) await endSession(match, "replaced", context);
}

/** The session that an authentic refresh token of any generation belongs to, live or not; null for anything else. */
export function matchOf(
  refreshToken: string,
  { keys }: Pick<AuthContext, "keys">,
): SessionMatch | null {
  const claims = parseRefreshToken(refreshToken, keys);
  return claims && { id: claims.sessionId, secretHash: hashSecret(claims.secret) };
}

/** Ends one live session and says so in the log; true if there was one. */
export async function endSession(
  match: SessionMatch,
  reason: RevokedReason,
  { store, clock, report }: AuthContext,
): Promise<boolean> {
  const userId = await store.revokeSession(match, reason, clock.now());
  if (userId !== null) report({ ...endOf(reason), userId, sessionId: match.id });
  return userId !== null;
}

function newSession(
  user: User,
  { transport, remembered, scope, client }: Opening,
  secret: SessionSecret,
  now: Instant,
  { settings }: AuthContext,
): Session {
  const absoluteSeconds = remembered
    ? settings.absoluteSeconds
    : Math.min(UNREMEMBERED_SECONDS, settings.absoluteSeconds);
  const absoluteEndAt = addSeconds(now, absoluteSeconds);
  return {
    id: newId() as SessionId,
    userId: user.id,
    secretHash: hashSecret(secret),
    generation: 0,
    rotatedAt: now,
    attemptHash: null,
    createdAt: now,
    authenticatedAt: now,
    idleEndAt: idleEnd(now, settings.idleSeconds, absoluteEndAt),
    absoluteEndAt,
    revokedAt: null,
    revokedReason: null,
    transport,
    remembered,
    scope,
    userAgent: client.userAgent,
    ip: client.ip,
  };
}
