import type { Storage } from "../../lib/db/testing/storage";
import type { Figures } from "./figures";
import type { Growth } from "./scale-growth";
import { inWords, ratiosOf, spreadOf } from "./spread";

/** What was measured of one size, round by round. */
export interface SizeRounds {
  readonly sessions: number;
  readonly refresh: readonly Figures[];
  readonly me: readonly Figures[];
}

const KINDS = ["refresh", "me"] as const;
/** How many times as long a request may take with the most sessions as with the fewest. */
const SLOWER_AT_MOST = 1.2;
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

/** The largest size against the smallest, by what one request takes at full load: the promise and whether it is kept. */
export function slownessLines(name: string, sizes: readonly SizeRounds[]): string[] {
  const [smallest, largest] = [sizes.at(0), sizes.at(-1)];
  if (smallest === undefined || largest === undefined) return [];
  return KINDS.map((kind) => {
    const perSecond = (size: SizeRounds) =>
      size[kind].map(({ requestsPerSecond }) => requestsPerSecond);
    const slower = ratiosOf(perSecond(smallest), perSecond(largest));
    const answer = slower.median <= SLOWER_AT_MOST ? "yes" : "NO";
    const pair = `${largest.sessions.toLocaleString("en")} sessions against ${smallest.sessions.toLocaleString("en")}`;
    return `${name}, ${kind}: ${pair} take ${inWords(slower, 2)} times as long; at most ${SLOWER_AT_MOST}: ${answer}`;
  });
}

/** What one is of the other within a round. */
function ratio(
  rounds: readonly Figures[],
  others: readonly Figures[],
  figure: (typeof LATENCIES)[number],
): string {
  const of = (all: readonly Figures[]) => all.map((round) => round[figure]);
  return inWords(ratiosOf(of(rounds), of(others)), 2);
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
