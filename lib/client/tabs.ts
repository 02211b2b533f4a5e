import { SIGN_IN_REASONS, type SignInReason, type WireUser } from "@/lib/contract";

/**
 * What one tab tells the others. A message may be read long after it was sent, by a tab that was asleep: whoever
 * reads it compares it with the hint that is in the jar then.
 */
export type TabMessage =
  | {
      readonly kind: "renewed";
      /** The hint that came with the new tokens. */
      readonly hint: string;
      readonly user: WireUser;
      /** What the access token had to live when this was sent; null: unknown. */
      readonly remainingSeconds: number | null;
    }
  | {
      readonly kind: "ended";
      /** The session part of the hint that is over; null: there was no hint. */
      readonly session: string | null;
      readonly reason: SignInReason;
    };

/** A message of ours, or null: a tab may run an older or newer release of this application. */
export function parseTabMessage(data: unknown): TabMessage | null {
  if (typeof data !== "object" || data === null || !("kind" in data)) return null;
  const message = data as Record<string, unknown>;
  if (message.kind === "renewed") {
    const { hint, user, remainingSeconds } = message;
    const seconds = typeof remainingSeconds === "number" ? remainingSeconds : null;
    if (typeof hint !== "string" || !isUser(user)) return null;
    return { kind: "renewed", hint, user, remainingSeconds: seconds };
  }
  if (message.kind === "ended") {
    const { session, reason } = message;
    return {
      kind: "ended",
      session: typeof session === "string" ? session : null,
      reason: parseReason(reason),
    };
  }
  return null;
}

/** One of our reasons; what is not one counts as `expired`, the reason that blames nobody. */
export function parseReason(value: unknown): SignInReason {
  return SIGN_IN_REASONS.find((reason) => reason === value) ?? "expired";
}

/** Whether this looks like a user. Does NOT check every member: it came from our own server. */
export function isUser(value: unknown): value is WireUser {
  return typeof value === "object" && value !== null && "id" in value && "username" in value;
}
