import { type CleanedUp, cleanUp } from "@/lib/auth/clean-up";
import type { AuthContext } from "@/lib/auth/context";

/** First when the rush of the start is over. */
const TIMES = { firstSeconds: 30, everySeconds: 600 };
/** A part of the time between two, more or less: instances that were started together need not meet. */
const JITTER = 0.2;

/** Told what became of each; null: another instance was at it. */
export interface CleanUpListener {
  onDone(cleaned: CleanedUp | null): void;
  onFailure(error: unknown): void;
}

/**
 * Cleans up every ten minutes from soon after the start on. What this returns ends it: the statement under way is
 * waited for, and the right to clean up given back.
 */
export function scheduleCleanUp(
  context: Pick<AuthContext, "store" | "clock">,
  { onDone, onFailure }: CleanUpListener,
  { firstSeconds, everySeconds } = TIMES,
): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  let timer: NodeJS.Timeout;
  let underWay: Promise<void> = Promise.resolve();
  const wait = (seconds: number) => {
    const milliseconds = seconds * 1000 * (1 + JITTER * (2 * Math.random() - 1));
    timer = setTimeout(() => {
      underWay = run();
    }, milliseconds).unref();
  };
  const run = async () => {
    await cleanUp(context, { signal }).then(onDone, onFailure);
    if (!signal.aborted) wait(everySeconds);
  };
  wait(firstSeconds);
  return async () => {
    stop.abort();
    clearTimeout(timer);
    await underWay;
  };
}
