import type { PasswordHasher } from "@/lib/auth/password";
import { inSpan } from "@/lib/tracing/spans";
import { instruments } from "./instruments";

/** Counts one hash: how long it waited for a core, and how long it took then. */
export function countHash(waitedMs: number, tookMs: number): void {
  const { hashWaitSeconds, hashSeconds } = instruments();
  hashWaitSeconds.observe(waitedMs / 1000);
  hashSeconds.observe(tookMs / 1000);
}

/** The same hasher, whose work is a step of a trace, waiting included. */
export function watchHasher(hasher: PasswordHasher): PasswordHasher {
  return {
    hash: (text, cost) => inSpan("hash password", {}, () => hasher.hash(text, cost)),
    compare: (text, hash) => inSpan("verify password", {}, () => hasher.compare(text, hash)),
  };
}
