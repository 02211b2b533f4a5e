import { createHash } from "node:crypto";
import type { Instant } from "@/lib/clock";
import type { AuthContext } from "./context";
import { AuthError, type SessionEnd } from "./errors";
import { hashSecret, parseRefreshToken } from "./refresh-token";
import { howEnded } from "./rotation";
import { issueTokens, type Tokens } from "./session";
import type { PresentedRefresh } from "./store";

/** A refresh token and the way it came. */
export interface RefreshRequest {
  readonly token: string;
  /** A session of cookies is not continued by a token in a body: its tokens never were in one. */
  readonly channel: "cookie" | "body";
  /** Names this attempt, so that the answer can be asked for again when it was lost. */
  readonly attempt: string | null;
  /** Scope asked for this time; never widens what the session has. */
  readonly scope?: string;
}

/** How often a session may come alive between being asked for and being explained. */
const TRIES = 3;

/**
 * Rotates a refresh token, or repeats the rotation for a client that lost the answer or the race.
 * Reuse ends the session; the revocation is committed before this throws.
 *
 * @throws AuthError `invalid_refresh_token` (with `facts.ended`), `unavailable`
 * @see RFC 9700 section 4.14.2
 */
export async function refresh(
  request: RefreshRequest,
  context: AuthContext,
  tries = TRIES,
): Promise<Tokens> {
  const { token, channel, attempt, scope } = request;
  const { store, clock, keys, settings, report } = context;
  const claims = parseRefreshToken(token, keys);
  if (claims === null) throw refused("unknown");

  const now = clock.now();
  const presented = {
    id: claims.sessionId,
    secretHash: hashSecret(claims.secret),
    generation: claims.generation,
    attemptHash: attempt === null ? null : hashAttempt(attempt),
    transport: channel === "body" ? "bearer" : null,
  } as const;
  const decided = await store.rotateSession(presented, now, settings);
  const revoked = decided?.session.revokedReason ?? null;
  if (decided !== null && revoked === null) {
    const { user, session } = decided;
    report({ event: "session_renewed", userId: user.id, sessionId: session.id });
    return issueTokens(user, session, claims.secret, now, context, scope);
  }

  const ended = revoked ?? (await explain(presented, now, context));
  if (ended === null && tries > 1) return refresh(request, context, tries - 1);
  report({
    event: ended === "reuse" && revoked !== null ? "authn_token_reuse" : "session_refused",
    sessionId: claims.sessionId,
    reason: ended ?? "unknown",
    ...(decided && { userId: decided.user.id }),
  });
  throw refused(ended ?? "unknown");
}

/** base64url of SHA-256 of what a client calls its attempt. */
function hashAttempt(attempt: string): string {
  return createHash("sha256").update(attempt).digest("base64url");
}

/**
 * Why there was nothing to decide. Only explains: whatever it finds, the answer is the same refusal. Null: the session
 * lives, so somebody else renewed it between the two questions, and this is a repeat.
 */
async function explain(
  { id, secretHash, generation, transport }: PresentedRefresh,
  now: Instant,
  { store }: AuthContext,
): Promise<SessionEnd | null> {
  const found = await store.findSession(id);
  if (found === null || found.session.secretHash !== secretHash) return "unknown";
  const { session } = found;
  const isServed = transport === null || transport === session.transport;
  const mayRotate = isServed && generation <= session.generation;
  return howEnded(found, now) ?? (mayRotate ? null : "unknown");
}

function refused(ended: SessionEnd): AuthError {
  return new AuthError("invalid_refresh_token", { ended });
}
