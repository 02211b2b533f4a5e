import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { ATTEMPT_HEADER } from "../../lib/contract";
import type { Answer, Shot } from "./connection";
import { ME, openBrowser, REFRESH } from "./cookie-browser";
import type { Latchkey } from "./latchkey";

/** What became of one request. */
export interface Seen {
  readonly path: string;
  /** `lost`: no answer came. */
  readonly status: number | "lost";
  readonly setsCookie: boolean;
  /** When it was sent and answered, on the clock of `performance.now()`. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** A browser that is signed in, behind a load balancer that sends it somewhere else each time. */
export interface RetryingClient {
  /** Everything that came back so far. */
  readonly seen: readonly Seen[];
  /** Refreshes and reads in turn until `stop`, and ends with a refresh and a read that were answered. */
  live(stop: AbortSignal): Promise<void>;
  close(): void;
}

const PAUSE_MS = 50;

/**
 * Without an answer, or told 503, it asks the next instance the same thing: the same token by the same attempt. Any
 * other answer is final.
 */
export function openRetryingClient(
  instances: readonly Latchkey[],
  jar: Map<string, string>,
): RetryingClient {
  // one jar: whatever an instance sets, all others are shown
  const ways = instances.map(({ origin }) => openBrowser(origin, jar));
  const seen: Seen[] = [];
  let turn = 0;

  async function ask(shot: Shot): Promise<void> {
    for (;;) {
      const sentAt = performance.now();
      const way = ways[turn++ % ways.length];
      const answer: Answer | undefined = await way?.send(shot).catch(() => undefined);
      const { status = "lost", headers = {} } = answer ?? {};
      const setsCookie = headers["set-cookie"] !== undefined;
      seen.push({ path: shot.path, status, setsCookie, sentAt, answeredAt: performance.now() });
      if (status !== "lost" && status !== 503) return;
      await pause(PAUSE_MS);
    }
  }

  return {
    seen,
    async live(stop) {
      let isLast = false;
      while (!isLast) {
        isLast = stop.aborted;
        await ask({ ...REFRESH, headers: { [ATTEMPT_HEADER]: randomUUID() } });
        await ask(ME);
        // so that the machine has time left for starting servers
        await pause(PAUSE_MS);
      }
    },
    close() {
      for (const way of ways) way.close();
    },
  };
}
