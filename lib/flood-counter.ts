import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { FloodCounter } from "@/lib/auth/flood";

/** Keys share counts when there are more of them: memory is bounded, and a stranger rarely shares with anybody. */
const COUNTS = 2 ** 14;
const SECONDS = 60;

/** A flood counter that lets `perMinute` pass, each minute from the first of its key; time is the process's own. */
export function floodCounter(perMinute: number): FloodCounter {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: SECONDS });
  return {
    async excess(key) {
      try {
        await limiter.consume(countOf(key));
        return null;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return refusal.msBeforeNext / 1000;
      }
    },
  };
}

/** Hashed, so that keys spread evenly however they look. */
function countOf(key: string): number {
  return createHash("sha256").update(key).digest().readUInt16BE() % COUNTS;
}
