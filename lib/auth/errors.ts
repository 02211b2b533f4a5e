import type { RevokedReason } from "./store";

/**
 * Every failure a caller may see, in one table: status, public `error` code, `detail`, and the challenge if there is one.
 * Anything that is not one of these is a bug and answered as `internal`.
 *
 * @see RFC 6749 section 5.2, RFC 6750 section 3.1
 */
const ERRORS = {
  invalid_credentials: [401, "invalid_grant", "Incorrect username or password"],
  invalid_refresh_token: [401, "invalid_grant", "Invalid refresh token"],
  missing_token: [401, "missing_token", "Not authenticated"],
  invalid_token: [401, "invalid_token", "Could not validate credentials"],
  insufficient_scope: [403, "insufficient_scope", "Not enough permissions"],
  cross_site: [403, "cross_site", "Cross-site request refused"],
  registration_closed: [403, "registration_closed", "Registration is closed"],
  oauth_invalid_credentials: [400, "invalid_grant", "Incorrect username or password"],
  oauth_invalid_refresh_token: [400, "invalid_grant", "Invalid refresh token"],
  invalid_request: [400, "invalid_request", "The request is missing a parameter"],
  unsupported_grant_type: [400, "unsupported_grant_type", "Unsupported grant type"],
  malformed_body: [400, "malformed_body", "The body could not be parsed"],
  not_found: [404, "not_found", "Not Found"],
  method_not_allowed: [405, "method_not_allowed", "Method Not Allowed"],
  username_taken: [409, "username_taken", "This user name is taken"],
  email_taken: [409, "email_taken", "This e-mail address is taken"],
  too_large: [413, "too_large", "The body is too large"],
  unsupported_media_type: [415, "unsupported_media_type", "Unsupported media type"],
  validation_failed: [422, "validation_failed", "The request is not valid"],
  rate_limited: [429, "rate_limited", "Too many requests"],
  internal: [500, "internal", "Internal Server Error"],
  unavailable: [503, "unavailable", "Service temporarily unavailable"],
} as const satisfies Record<string, readonly [status: number, error: string, detail: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** One thing wrong with one field. Holds what is wrong, never what was sent. */
export interface FieldIssue {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

/** How a session came to its end; `unknown`: there is no such session, or the token is not ours. */
export type SessionEnd = RevokedReason | "expired" | "unknown";

interface Facts {
  /** Whole seconds after which it may be tried again (`Retry-After`). */
  readonly retryAfterSeconds?: number;
  /** What was wrong with which field, for `validation_failed`. */
  readonly issues?: readonly FieldIssue[];
  /** `error_description` of the challenge; printable ASCII without quotes. */
  readonly description?: string;
  /** Why the session behind a refused refresh token is over, as far as that is known. */
  readonly ended?: SessionEnd;
  /** For the log alone, never for the caller. */
  readonly cause?: unknown;
}

/** An expected failure. Messages hold no token, password or key. */
export class AuthError extends Error {
  /** Told by its name: the class may exist twice in one process, so never use `instanceof`. */
  override readonly name = "AuthError";
  readonly status: number;
  readonly error: string;
  readonly detail: string;

  constructor(
    readonly code: ErrorCode,
    readonly facts: Facts = {},
  ) {
    super(code, { cause: facts.cause });
    [this.status, this.error, this.detail] = ERRORS[code];
  }
}

/** Whether a thrown value is an expected failure, whichever copy of the class made it. */
export function isAuthError(thrown: unknown): thrown is AuthError {
  return thrown instanceof Error && thrown.name === "AuthError";
}
