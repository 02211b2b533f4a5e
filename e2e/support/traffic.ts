import { setTimeout as pause } from "node:timers/promises";
import type { Answer } from "./connection";

export type Send = () => Promise<Answer>;

/** How one request ended. */
export interface Outcome {
  /** `lost`: no answer came. */
  readonly status: number | "lost";
  readonly milliseconds: number;
  readonly retryAfter: string | null;
}

/**
 * Sends at a fixed pace, whatever becomes of what was sent before: `senders` in turn, for so many seconds.
 * Time runs from the moment a request was due, so a server (or a client) that stands still does not look fast.
 */
export async function steady(
  senders: readonly Send[],
  perSecond: number,
  seconds: number,
): Promise<Outcome[]> {
  const startedAt = performance.now();
  const count = Math.round(perSecond * seconds);
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const dueAt = startedAt + (index * 1000) / perSecond;
      await pause(dueAt - performance.now());
      return outcomeOf(senders[index % senders.length] as Send, dueAt);
    }),
  );
}

/** Every sender sends again as soon as it is answered, until `stop`; what is under way then is waited for. */
export async function incessant(senders: readonly Send[], stop: AbortSignal): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const persist = async (send: Send) => {
    while (!stop.aborted) outcomes.push(await outcomeOf(send, performance.now()));
  };
  await Promise.all(senders.map(persist));
  return outcomes;
}

/** All at once, each once. */
export function together(senders: readonly Send[]): Promise<Outcome[]> {
  return Promise.all(senders.map((send) => outcomeOf(send, performance.now())));
}

/** How often each status came. */
export function tally(outcomes: readonly Pick<Outcome, "status">[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of outcomes) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The milliseconds below which this share of the outcomes lies; 0 of none. */
export function percentile(outcomes: readonly Outcome[], share: number): number {
  return atShare(Float64Array.from(outcomes, ({ milliseconds }) => milliseconds).sort(), share);
}

/** The value below which this share of the sorted values lies; 0 of none. */
export function atShare(sorted: Float64Array, share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

/** How often the p95 of the other goes into the one, with a digit. */
export function ratioOfP95(one: readonly Outcome[], other: readonly Outcome[]): string {
  return (percentile(one, 0.95) / percentile(other, 0.95)).toFixed(1);
}

async function outcomeOf(send: Send, since: number): Promise<Outcome> {
  const answer = await send().catch(() => null);
  return {
    status: answer?.status ?? "lost",
    milliseconds: performance.now() - since,
    retryAfter: answer?.headers["retry-after"] ?? null,
  };
}
