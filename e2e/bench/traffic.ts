import { setTimeout as pause } from "node:timers/promises";
import type { Answer } from "./connection";

type Send = () => Promise<Answer>;

/** What came back. */
export interface Traffic {
  /** How many answers had which status; `lost` are those that never came. */
  readonly statuses: Map<number | "lost", number>;
  /** Of every answer, in order of arrival. */
  readonly latenciesMs: number[];
}

/**
 * Sends at a fixed pace, whatever becomes of what was sent before: `senders` in turn, for so many seconds.
 * A latency runs from the moment the request was due, so a server (or a client) that stands still does not look fast.
 */
export async function steady(
  senders: readonly Send[],
  perSecond: number,
  seconds: number,
): Promise<Traffic> {
  const traffic = noTraffic();
  const startedAt = performance.now();
  const sent = Array.from({ length: perSecond * seconds }, async (_, index) => {
    const dueAt = startedAt + (index * 1000) / perSecond;
    await pause(dueAt - performance.now());
    await record(traffic, dueAt, senders[index % senders.length] as Send);
  });
  await Promise.all(sent);
  return traffic;
}

/** Every sender sends again as soon as it is answered, until `stop`; then what is under way is still waited for. */
export async function incessant(senders: readonly Send[], stop: AbortSignal): Promise<Traffic> {
  const traffic = noTraffic();
  await Promise.all(
    senders.map(async (send) => {
      while (!stop.aborted) await record(traffic, performance.now(), send);
    }),
  );
  return traffic;
}

/** The value below which this share of the latencies lies, in milliseconds; 0 of none. */
export function percentile({ latenciesMs }: Traffic, share: number): number {
  const sorted = latenciesMs.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

const noTraffic = (): Traffic => ({ statuses: new Map(), latenciesMs: [] });

async function record({ statuses, latenciesMs }: Traffic, since: number, send: Send) {
  const status = await send().then(
    (answer) => answer.status,
    () => "lost" as const,
  );
  latenciesMs.push(performance.now() - since);
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
}
