import type { Storage } from "../../lib/db/testing/storage";
import type { Figures } from "./figures";
import type { Growth } from "./scale-growth";
import { inWords, spreadOf } from "./spread";

/** What was measured of one size, round by round. */
export interface SizeRounds {
  readonly sessions: number;
  readonly refresh: readonly Figures[];
  readonly me: readonly Figures[];
}

const KINDS = ["refresh", "me"] as const;
const LATENCIES = ["p50Milliseconds", "p99Milliseconds"] as const;

/** The table of one database: medians of the rounds, their least and most in brackets. */
export function sizeLines(name: string, sizes: readonly SizeRounds[]): string[] {
  const [smallest] = sizes;
  if (smallest === undefined) return [];
  return KINDS.flatMap((kind) => [
    columns(`${name}, ${kind}`, ["requests/s", "p50 ms", "p99 ms", "p50 ratio", "p99 ratio"]),
    ...sizes.map((size) => {
      const of = (figure: keyof Figures) => size[kind].map((round) => round[figure]);
      return columns(`${size.sessions.toLocaleString("en")} sessions`, [
        inWords(spreadOf(of("requestsPerSecond")), 0),
        ...LATENCIES.map((latency) => inWords(spreadOf(of(latency)), 1)),
        ...LATENCIES.map((latency) => ratio(size[kind], smallest[kind], latency)),
      ]);
    }),
    "",
  ]);
}

/** How the medians compare, and in brackets how they do within one round at the least and at the most. */
function ratio(
  rounds: readonly Figures[],
  others: readonly Figures[],
  figure: (typeof LATENCIES)[number],
): string {
  const values = rounds.map((round) => round[figure]);
  const divisors = others.map((round) => round[figure]);
  const within = values.map((value, round) => value / (divisors[round] ?? Number.NaN));
  const median = spreadOf(values).median / spreadOf(divisors).median;
  return inWords({ ...spreadOf(within), median }, 2);
}

/** What the sessions of a database take before anything was refreshed. */
export interface SizeStorage extends Storage {
  readonly sessions: number;
}

/** Bytes of a session: what the tables of the smallest and the largest size differ by, divided by as many sessions. */
export function storageLine(sizes: readonly SizeStorage[]): string {
  const [small, large] = [sizes.at(0), sizes.at(-1)];
  if (small === undefined || large === undefined) return "";
  const each = (part: keyof Storage) =>
    Math.round((large[part] - small[part]) / (large.sessions - small.sessions));
  return `A session takes ${each("rows")} bytes in the table and ${each("indexes")} in its indexes.`;
}

export function growthLine({ refreshes, before, after, logBytes, updates }: Growth): string {
  const part = (name: keyof Storage) => `${kilobytes(before[name])} to ${kilobytes(after[name])}`;
  const log = logBytes === null ? "" : `; write-ahead log ${kilobytes(logBytes)}`;
  const inPlace =
    updates === null ? "" : `; ${((100 * updates.inPlace) / updates.all).toFixed(1)} % in place`;
  return `${refreshes.toLocaleString("en")} refreshes: table ${part("rows")}, indexes ${part("indexes")}${log}${inPlace}.`;
}

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024).toLocaleString("en")} kB`;

function columns(first: string, others: readonly string[]): string {
  return [first.padEnd(22), ...others.map((text) => text.padEnd(20))].join(" ").trimEnd();
}
