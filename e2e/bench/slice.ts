import { cpuMicroseconds } from "./cpu-time";
import type { Figures } from "./figures";

/** One slice of time of one contestant. */
export interface Slice extends Figures {
  /** Microseconds of CPU that its processes spent for one request, all threads; null where there is no /proc. */
  readonly cpuMicroseconds: number | null;
}

/** Measures, and beside it what these processes spend. */
export async function withCpuTime(
  pids: readonly number[],
  measure: () => Promise<Figures>,
): Promise<Slice> {
  const before = cpuOf(pids);
  const startedAt = performance.now();
  const figures = await measure();
  const requests = (figures.requestsPerSecond * (performance.now() - startedAt)) / 1000;
  const after = cpuOf(pids);
  const spent = before === null || after === null ? null : (after - before) / requests;
  return { ...figures, cpuMicroseconds: spent };
}

function cpuOf(pids: readonly number[]): number | null {
  const each = pids.map(cpuMicroseconds);
  return each.reduce<number | null>(
    (sum, one) => (sum === null || one === null ? null : sum + one),
    0,
  );
}
