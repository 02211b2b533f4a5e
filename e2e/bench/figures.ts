import { incessant, type Send } from "../support/traffic";

/** What a slice of time of one kind of request came to. */
export interface Figures {
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Answers that were not what they must be; an honest run has none. */
  readonly failures: number;
}

/** Sums up how long each request of a slice took. */
export function figuresOf(
  milliseconds: readonly number[],
  lastedSeconds: number,
  failures: number,
): Figures {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return {
    requestsPerSecond: sorted.length / lastedSeconds,
    p50Milliseconds: at(0.5),
    p99Milliseconds: at(0.99),
    failures,
  };
}

/** Lets each sender send again as soon as it is answered, for so many seconds. */
export async function measure(senders: readonly Send[], seconds: number): Promise<Figures> {
  const startedAt = performance.now();
  const outcomes = await incessant(senders, AbortSignal.timeout(seconds * 1000));
  return figuresOf(
    outcomes.map(({ milliseconds }) => milliseconds),
    (performance.now() - startedAt) / 1000,
    outcomes.filter(({ status }) => status !== 200).length,
  );
}
