import { createHash } from "node:crypto";
import type { Instant } from "@/lib/clock";
import { addressBlock } from "./address-block";
import type { AuthContext } from "./context";
import { AuthError, type SessionEnd } from "./errors";
import { limitFlood } from "./flood";
import { hashSecret, parseRefreshToken } from "./refresh-token";
import { howEnded, type PresentedRefresh } from "./rotation";
import { endOf, refusalOf } from "./security-event";
import { issueTokens, type Tokens } from "./session";
import type { SessionWithUser } from "./store";

/** A refresh token and the way it came. */
export interface RefreshRequest {
  readonly token: string;
  /** A session of cookies is not continued by a token in a body: its tokens never were in one. */
  readonly channel: "cookie" | "body";
  /** Names this attempt, so that the answer can be asked for again when it was lost. */
  readonly attempt: string | null;
  /** Where it comes from. */
  readonly ip: string | null;
  /** Scope asked for this time; never widens what the session has. */
  readonly scope?: string;
}

/** How often a session may come alive between being asked for and being explained. */
const TRIES = 3;

/**
 * Rotates a refresh token, or repeats the rotation for a client that lost the answer or the race.
 * Reuse ends the session; the revocation is committed before this throws.
 *
 * @throws AuthError `invalid_refresh_token` (with `facts.ended`), `rate_limited`, `unavailable`
 * @see RFC 9700 section 4.14.2
 */
export async function refresh(
  { token, channel, attempt, ip, scope }: RefreshRequest,
  context: AuthContext,
): Promise<Tokens> {
  const { clock, keys, report } = context;
  const claims = parseRefreshToken(token, keys);
  if (claims === null) {
    await limitFlood("garbage", addressBlock(ip) ?? "unknown", context);
    report({ event: "session_refused", reason: "garbage", use: "refresh" });
    throw refused("unknown");
  }
  await limitFlood("session", claims.sessionId, context);

  const now = clock.now();
  const presented = {
    id: claims.sessionId,
    secretHash: hashSecret(claims.secret),
    generation: claims.generation,
    attemptHash: attempt === null ? null : hashAttempt(attempt),
    transport: channel === "body" ? "bearer" : null,
  } as const;
  const decided = await decide(presented, now, context);
  if (typeof decided === "string") throw refused(decided);

  const { user, session } = decided;
  const ids = { userId: user.id, sessionId: session.id };
  const revoked = session.revokedReason;
  if (revoked === null) {
    // of those in the very millisecond of the rotation nobody can tell which of them it was
    const reason = session.rotatedAt === Math.floor(now) ? "rotated" : "repeated";
    report({ event: "session_renewed", reason, ...ids });
    return issueTokens(user, session, claims.secret, now, context, scope);
  }
  report(
    revoked === "reuse" ? { event: "authn_token_reuse", ...ids } : { ...endOf(revoked), ...ids },
  );
  throw refused(revoked);
}

/** base64url of SHA-256 of what a client calls its attempt. */
function hashAttempt(attempt: string): string {
  return createHash("sha256").update(attempt).digest("base64url");
}

/**
 * What the one statement decided, or why there was nothing to decide. It is asked again where the session lives after
 * all: at its idle end somebody else, whose clock is a moment behind, renewed it between the two questions.
 *
 * @throws AuthError `unavailable` when the two never agree: nobody is signed out for that
 */
async function decide(
  presented: PresentedRefresh,
  now: Instant,
  context: AuthContext,
): Promise<SessionWithUser | SessionEnd> {
  for (let tries = 0; tries < TRIES; tries++) {
    const decided = await context.store.rotateSession(presented, now, context.settings);
    const found = decided ?? (await explain(presented, now, context));
    if (found !== null) return found;
  }
  throw new AuthError("unavailable", { retryAfterSeconds: 1 });
}

/** Why there was nothing to decide, also for the log. Null: the session lives, and this token may renew it. */
async function explain(
  { id: sessionId, secretHash, generation, transport }: PresentedRefresh,
  now: Instant,
  { store, report }: AuthContext,
): Promise<SessionEnd | null> {
  const found = await store.findSession(sessionId);
  const own = found?.session.secretHash === secretHash ? found : null;
  const ended = own && howEnded(own, now);
  const isServed = transport === null || transport === own?.session.transport;
  if (own !== null && ended === null && isServed && generation <= own.session.generation)
    return null;
  report(refusalOf(ended ?? "unknown", "refresh", sessionId, own?.user));
  return ended ?? "unknown";
}

function refused(ended: SessionEnd): AuthError {
  return new AuthError("invalid_refresh_token", { ended });
}
