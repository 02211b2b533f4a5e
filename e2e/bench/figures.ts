import { incessant, percentile, type Send } from "../support/traffic";

/** What a slice of time of one kind of request came to. */
export interface Figures {
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Answers other than 200; an honest run has none. */
  readonly failures: number;
}

/** Lets each sender send again as soon as it is answered, for so many seconds. */
export async function measure(senders: readonly Send[], seconds: number): Promise<Figures> {
  const startedAt = performance.now();
  const outcomes = await incessant(senders, AbortSignal.timeout(seconds * 1000));
  const lastedSeconds = (performance.now() - startedAt) / 1000;
  return {
    requestsPerSecond: outcomes.length / lastedSeconds,
    p50Milliseconds: percentile(outcomes, 0.5),
    p99Milliseconds: percentile(outcomes, 0.99),
    failures: outcomes.filter(({ status }) => status !== 200).length,
  };
}
