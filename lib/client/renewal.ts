import {
  ATTEMPT_HEADER,
  PATHS,
  REASON_HEADER,
  type SignInReason,
  type WireUser,
} from "@/lib/contract";
import { readJson, readRetryAfter } from "./answer";
import type { Attempts } from "./attempt";
import { compareHints } from "./hint";
import { post } from "./post";
import { isUser, parseReason } from "./tabs";
import { inTurn } from "./turn";
import type { World } from "./world";

const ANSWER_MOST_MS = 8_000;
const NO_SIGNAL_OF_LIFE = { kind: "failed", trouble: "offline", retryAfterSeconds: null } as const;

/** What came of wanting newer tokens than those of one hint. */
export type Renewal =
  | { readonly kind: "renewed"; readonly user: WireUser; readonly remainingSeconds: number }
  /** Somebody else renewed this session meanwhile; how long the token lives is his to tell. */
  | { readonly kind: "elsewhere" }
  /** Refused, but the jar holds another generation by now: that one has to be asked about. */
  | { readonly kind: "overtaken" }
  /** The jar holds another session. */
  | { readonly kind: "other" }
  /** The jar holds no session any more. */
  | { readonly kind: "gone" }
  /** The session is over. */
  | { readonly kind: "refused"; readonly reason: SignInReason }
  /** No answer that counts; the session may well live. */
  | {
      readonly kind: "failed";
      readonly trouble: "offline" | "unavailable";
      readonly retryAfterSeconds: number | null;
    }
  /** The server renewed, and the browser did not keep the cookies. */
  | { readonly kind: "unstored" };

type Answer =
  | Extract<Renewal, { kind: "renewed" | "failed" }>
  | { readonly kind: "denied"; readonly reason: SignInReason };

/**
 * Gets newer tokens than those of `stale`, the hint that was current when the old ones were found wanting.
 * Sends nothing when the jar has moved on, before or after waiting for this tab's turn. Never throws; an `abort`
 * ends it soon with a result that means nothing.
 */
export async function renew(
  world: World,
  attempts: Attempts,
  stale: string | null,
  abort: AbortSignal,
): Promise<Renewal> {
  return (
    movedOn(world, stale) ?? inTurn(world, abort, () => renewNow(world, attempts, stale, abort))
  );
}

async function renewNow(
  world: World,
  attempts: Attempts,
  stale: string | null,
  abort: AbortSignal,
): Promise<Renewal> {
  const moved = movedOn(world, stale);
  if (moved !== null) return moved;
  const answer = await ask(world, attempts, stale, abort);
  const change = compareHints(stale, world.readHint());

  if (answer.kind === "denied") {
    // the denial itself may have cleared the cookies
    if (change === "same" || change === "gone") return { kind: "refused", reason: answer.reason };
    return { kind: change === "moved" ? "overtaken" : "other" };
  }
  if (answer.kind === "renewed") {
    if (change === "same" || change === "gone") return { kind: "unstored" };
    return change === "moved" || stale === null ? answer : { kind: "other" };
  }
  // the cookies of an answer whose body was lost have arrived all the same
  if (change === "moved") return { kind: "elsewhere" };
  return change === "other" ? { kind: "other" } : answer;
}

function movedOn(world: World, stale: string | null): Renewal | null {
  const change = compareHints(stale, world.readHint());
  if (change === "same") return null;
  return { kind: change === "moved" ? "elsewhere" : change };
}

/** One request to refresh, given up after eight seconds. */
async function ask(
  world: World,
  attempts: Attempts,
  stale: string | null,
  abort: AbortSignal,
): Promise<Answer> {
  try {
    const attempt = attempts.for(stale);
    const posting = { headers: { [ATTEMPT_HEADER]: attempt }, limitMs: ANSWER_MOST_MS, abort };
    return await post(world, PATHS.refresh, posting, interpret);
  } catch {
    return NO_SIGNAL_OF_LIFE;
  }
}

async function interpret(response: Response): Promise<Answer> {
  if (response.status === 401) {
    return { kind: "denied", reason: parseReason(response.headers.get(REASON_HEADER)) };
  }
  if (response.status === 200) {
    const body = await readJson(response);
    const { user, expires_in: seconds } = (body ?? {}) as Record<string, unknown>;
    if (isUser(user) && typeof seconds === "number") {
      return { kind: "renewed", user, remainingSeconds: seconds };
    }
  }
  return {
    kind: "failed",
    trouble: "unavailable",
    retryAfterSeconds: readRetryAfter(response),
  };
}
