import type { Minute } from "./soaked";
import { spreadOf } from "./spread";

export const SOAK_HEADING = "minute  MB    files  p50/p99 ms  answers  wrong";

export function minuteLine(minute: number, of: Minute): string {
  const vitals = Object.entries(of.vitals).map(([name, value]) => `${name} ${value}`);
  return [
    String(minute).padEnd(7),
    String(of.residentMegabytes ?? "-").padEnd(5),
    String(of.files ?? "-").padEnd(6),
    `${of.p50Milliseconds.toFixed(1)}/${of.p99Milliseconds.toFixed(0)}`.padEnd(11),
    String(of.answers).padEnd(8),
    String(of.failures).padEnd(5),
    vitals.join(", "),
  ]
    .join(" ")
    .trimEnd();
}

/** Megabytes that a server holds: the median of its minutes; null without /proc. */
export function levelOf(minutes: readonly Minute[]): number | null {
  const levels = minutes.map(({ residentMegabytes }) => residentMegabytes);
  return levels.includes(null) ? null : spreadOf(levels.map(Number)).median;
}

/** Megabytes a minute of the straight line nearest to what was held each minute. */
export function slopeOf(minutes: readonly Minute[]): number {
  const values = minutes.map(({ residentMegabytes }) => residentMegabytes ?? 0);
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const passed = values.map((_, index) => index);
  const [meanMinute, meanValue] = [mean(passed), mean(values)];
  const covariance = mean(passed.map((m) => (m - meanMinute) * ((values[m] ?? 0) - meanValue)));
  const variance = mean(passed.map((m) => (m - meanMinute) ** 2));
  return variance === 0 || values.length === 0 ? 0 : covariance / variance;
}
