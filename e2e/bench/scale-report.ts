import type { Storage } from "../../lib/db/testing/storage";
import type { Growth } from "./scale-growth";
import type { ScaleKind } from "./scale-load";
import type { Slice } from "./slice";
import { inWords, ratiosOf, spreadOf } from "./spread";

/** What was measured of one size, round by round. */
export interface SizeRounds {
  readonly sessions: number;
  readonly slices: Readonly<Record<ScaleKind, readonly Slice[]>>;
}

export const SCALE_KINDS = ["refresh", "firstUse", "laterUse"] as const;
const TITLES: Readonly<Record<ScaleKind, string>> = {
  refresh: "refresh",
  firstUse: "me, new token",
  laterUse: "me, known token",
};
/** How many times as long a request may take with the most sessions as with the fewest. */
const SLOWER_AT_MOST = 1.2;

/** The table of one database: medians of the rounds, their least and most in brackets. */
export function sizeLines(name: string, sizes: readonly SizeRounds[]): string[] {
  return SCALE_KINDS.flatMap((kind) => [
    columns(`${name}, ${TITLES[kind]}`, ["requests/s", "p50 ms", "p99 ms", "CPU µs each"]),
    ...sizes.map(({ sessions, slices }) => {
      const of = (figure: (slice: Slice) => number, digits: number) =>
        inWords(spreadOf(slices[kind].map(figure)), digits);
      return columns(`${sessions.toLocaleString("en")} sessions`, [
        of(({ requestsPerSecond }) => requestsPerSecond, 0),
        of(({ p50Milliseconds }) => p50Milliseconds, 1),
        of(({ p99Milliseconds }) => p99Milliseconds, 1),
        of(cpuOf, 0),
      ]);
    }),
    "",
  ]);
}

/** Of the server; NaN where it cannot be told. */
const cpuOf = ({ cpuMicroseconds }: Slice) => cpuMicroseconds ?? Number.NaN;

/** The largest size against the smallest, by what one request takes at full load: the promise and whether it is kept. */
export function slownessLines(name: string, sizes: readonly SizeRounds[]): string[] {
  const [smallest, largest] = [sizes.at(0), sizes.at(-1)];
  if (smallest === undefined || largest === undefined) return [];
  const pair = `${largest.sessions.toLocaleString("en")} sessions against ${smallest.sessions.toLocaleString("en")}`;
  return SCALE_KINDS.map((kind) => {
    const [few, many] = [smallest.slices[kind], largest.slices[kind]];
    const of = (slices: readonly Slice[], figure: keyof Slice) =>
      slices.map((slice) => slice[figure] ?? Number.NaN);
    const slower = ratiosOf(of(few, "requestsPerSecond"), of(many, "requestsPerSecond"));
    const [p50, p99, cpu] = (
      ["p50Milliseconds", "p99Milliseconds", "cpuMicroseconds"] as const
    ).map((figure) => inWords(ratiosOf(of(many, figure), of(few, figure)), 2));
    const answer = slower.median <= SLOWER_AT_MOST ? "yes" : "NO";
    return `${name}, ${TITLES[kind]}: ${pair} take ${inWords(slower, 2)} times as long; at most ${SLOWER_AT_MOST}: ${answer}; p50 ${p50}, p99 ${p99}, CPU ${cpu}`;
  });
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
