import type { Instant } from "@/lib/clock";
import type { Directory } from "./directory";
import type { FailureCounts } from "./failure-counts";
import type { Role } from "./policy";
import type { PresentedRefresh, Windows } from "./rotation";
import type { Upkeep } from "./upkeep";

/**
 * What the flows ask of a database. Three implementations pass one suite (`testing/store-contract.ts`):
 * memory (the executable specification), SQLite and PostgreSQL.
 *
 * Duties of every implementation:
 * - each method is one atomic step: it happens wholly or not at all, and what it answered survives a crash;
 * - no method reads first and writes later what it decided from the reading;
 * - a database that cannot answer throws `AuthError("unavailable")`, never an empty result.
 */
export interface Store {
  /** Inserts a user. A name or address that exists already is said, not thrown; the name wins when both do. */
  createUser(user: User): Promise<"created" | "username_taken" | "email_taken">;

  /** The user with this name or this address, both already canonical (`identifier.ts`). */
  findUser(by: { readonly username: string } | { readonly email: string }): Promise<User | null>;

  /** Replaces the stored hash if it is still `from`; a lost race is nobody's loss. */
  upgradePasswordHash(userId: UserId, from: string, to: string): Promise<void>;

  /**
   * Inserts a session if the user exists, is enabled and the stored hash is still `verifiedHash`
   * (so that a login cannot outlive the password it was made with), then revokes with reason `cap` the longest
   * unused live sessions of the user and transport beyond `maxSessions`, never the new one.
   * Says which these were. Null: the user was disabled, deleted or changed in between, and nothing was written.
   */
  openSession(
    session: Session,
    verifiedHash: string,
    maxSessions: number,
  ): Promise<readonly SessionId[] | null>;

  /**
   * The one statement that decides: what `judge` (rotation.ts) says about a live session, done and answered at once.
   * - `rotate`: generation + 1, `rotatedAt` = now, attempt recorded, idle end moved, never past the absolute end;
   * - `repeat`: the row stays as it is;
   * - `reuse`, `recovery_expired`: revoked with that reason, at `now`.
   *
   * The row **after** the step with its user, or null where there was nothing to decide: unknown session or secret,
   * not live, user disabled, generation ahead of the row, or a transport that this channel does not serve.
   */
  rotateSession(
    presented: PresentedRefresh,
    now: Instant,
    windows: Windows,
  ): Promise<SessionWithUser | null>;

  /** One read by primary key; live or not, with its user. */
  findSession(id: SessionId): Promise<SessionWithUser | null>;

  /** Live sessions of a user, newest use first. */
  listSessions(userId: UserId, now: Instant): Promise<readonly Session[]>;

  /** Revokes one live session that matches every given field; whose it was if this call did it, else null. */
  revokeSession(which: SessionMatch, reason: RevokedReason, now: Instant): Promise<UserId | null>;

  /** Revokes all live sessions of a user but `except`; how many. */
  revokeSessions(
    userId: UserId,
    except: SessionId | null,
    reason: RevokedReason,
    now: Instant,
  ): Promise<number>;

  /** What the limits on guessing count. */
  readonly failures: FailureCounts;
  /** What an operator's commands ask for. */
  readonly directory: Directory;
  /** What the clean-up asks. */
  readonly upkeep: Upkeep;

  /** Throws `AuthError("unavailable")` when the database does not answer. */
  ping(): Promise<void>;
}

export type UserId = string & { readonly brand: "UserId" };
export type SessionId = string & { readonly brand: "SessionId" };

export interface User {
  readonly id: UserId;
  readonly username: string;
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly disabled: boolean;
  /** Self-describing stored form, see password.ts. */
  readonly passwordHash: string;
  readonly createdAt: Instant;
  /** Device cookies of an earlier epoch are strangers', see device.ts. */
  readonly deviceEpoch: number;
}

/** One login on one device, and the whole family of its refresh tokens. */
export interface Session {
  readonly id: SessionId;
  readonly userId: UserId;
  /** base64url of SHA-256 of the secret that every refresh token of this session carries. */
  readonly secretHash: string;
  /** Rotations since login, from 0. */
  readonly generation: number;
  /** When the current generation was made; the time of login for generation 0. */
  readonly rotatedAt: Instant;
  /** base64url of SHA-256 of the attempt that made the current generation. */
  readonly attemptHash: string | null;
  readonly createdAt: Instant;
  readonly authenticatedAt: Instant;
  /** Dead at exactly this instant when unused until then. */
  readonly idleEndAt: Instant;
  /** Dead at exactly this instant whatever happens. */
  readonly absoluteEndAt: Instant;
  readonly revokedAt: Instant | null;
  readonly revokedReason: RevokedReason | null;
  /** How its tokens travel. */
  readonly transport: Transport;
  /** The cookies outlive the browser. */
  readonly remembered: boolean;
  /** Granted at login, space-separated; a refresh never widens it. */
  readonly scope: string;
  readonly userAgent: string | null;
  readonly ip: string | null;
}

export type Transport = "cookie" | "bearer";

/** Why somebody ended a session. Time ending it is not a reason: such a row is expired, not revoked. */
export type RevokedReason =
  | "logout"
  | "replaced"
  | "ended"
  | "cap"
  | "reuse"
  | "recovery_expired"
  | "disabled"
  | "password_changed";

export interface SessionWithUser {
  readonly session: Session;
  readonly user: User;
}

export interface SessionMatch {
  readonly id: SessionId;
  readonly userId?: UserId;
  readonly secretHash?: string;
}
