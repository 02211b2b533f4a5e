import { AggregatorRegistry, type MetricObject } from "prom-client";

/** The metrics of one process, as they travel between processes. */
export type Part = readonly MetricObject[];

/** Of metrics that go up and down, what an ended process said last means nothing. */
const GROWING: ReadonlySet<unknown> = new Set(["counter", "histogram"]);

/**
 * What each process said last, and what those counted that have ended. So no sum is smaller than one before: Prometheus
 * would take that for a restart and count all that is left once more.
 *
 * What a process counted after it was last heard is gone when it ends.
 */
export class LastParts {
  readonly #running = new Map<number, Part>();
  #ended: Part = [];

  heard(process: number, part: Part): void {
    this.#running.set(process, part);
  }

  /** To be called once, after the last that was heard of it. */
  async ended(process: number): Promise<void> {
    const part = this.#running.get(process) ?? [];
    this.#running.delete(process);
    // at once, so that a sum that is asked for meanwhile misses nothing; then as one part, however many end
    const ended = [...this.#ended, ...part.filter(isGrowing)];
    this.#ended = ended;
    const whole = await sumOf([ended]).getMetricsAsJSON();
    if (this.#ended === ended) this.#ended = whole;
  }

  /** In the text format of Prometheus. */
  sum(): Promise<string> {
    return sumOf([this.#ended, ...this.#running.values()]).metrics();
  }
}

const sumOf = (parts: readonly Part[]) => AggregatorRegistry.aggregate(parts as object[]);

function isGrowing({ type }: MetricObject): boolean {
  // its typing says a number, what is told is the word
  return GROWING.has(type);
}
