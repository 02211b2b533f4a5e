import { atShare } from "../support/traffic";

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
  return {
    requestsPerSecond: sorted.length / lastedSeconds,
    p50Milliseconds: atShare(sorted, 0.5),
    p99Milliseconds: atShare(sorted, 0.99),
    failures,
  };
}

/**
 * Lets each caller call again as soon as he is answered, for so many seconds; false is a failure. By the clock and not by
 * a timer: what answers within the turn of the event loop would never let a timer come.
 */
export async function measure(
  calls: readonly (() => Promise<boolean>)[],
  seconds: number,
): Promise<Figures> {
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const milliseconds: number[] = [];
  let failures = 0;
  const persist = async (call: () => Promise<boolean>) => {
    for (let now = performance.now(); now < until; ) {
      if (!(await call())) failures += 1;
      const doneAt = performance.now();
      milliseconds.push(doneAt - now);
      now = doneAt;
    }
  };
  await Promise.all(calls.map(persist));
  return figuresOf(milliseconds, (performance.now() - startedAt) / 1000, failures);
}
