import { KINDS, type Kind } from "./contestant";
import type { Kept } from "./promises";
import type { Row } from "./rounds";
import type { Slice } from "./slice";
import { inWords, spreadOf } from "./spread";

const TITLES: Readonly<Record<Kind, string>> = {
  nothing: "A handler that does nothing",
  me: "Who am I (users/me, get-session)",
  refresh: "Refresh, rotating and durable",
  dashboard: "The dashboard page",
  login: "Login",
};

/** A table a kind: medians of the rounds with their least and most, and what each does for a request. */
export function figureLines(rows: readonly Row[]): string[] {
  return KINDS.flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    if (own.length === 0) return [];
    const heading = columns(TITLES[kind], ["requests/s", "CPU µs each", "p50 ms", "p99 ms"]);
    return [heading, ...own.map(rowLine), ...own.map(({ name, work }) => `  ${name}: ${work}`), ""];
  });
}

function rowLine({ name, slices }: Row): string {
  const of = (figure: (slice: Slice) => number, digits: number) =>
    inWords(spreadOf(slices.map(figure)), digits);
  const digits = slices.some(({ requestsPerSecond }) => requestsPerSecond < 100) ? 2 : 0;
  return columns(name, [
    of(({ requestsPerSecond }) => requestsPerSecond, digits),
    slices.some(({ cpuMicroseconds }) => cpuMicroseconds === null)
      ? "-"
      : spreadOf(slices.map(({ cpuMicroseconds }) => cpuMicroseconds ?? 0)).median.toFixed(0),
    of(({ p50Milliseconds }) => p50Milliseconds, 1),
    of(({ p99Milliseconds }) => p99Milliseconds, 1),
  ]);
}

/** What must be: the promised ratios beside the measured ones. */
export function promiseLines(all: readonly Kept[]): string[] {
  const answer = (isKept: boolean | null) =>
    isKept === null ? "not measured" : isKept ? "yes" : "NO";
  return [
    promiseColumns("Requests a second of … against …", [
      "must be",
      "measured",
      "by CPU time",
      "kept",
    ]),
    ...all.map(({ says, mustBe, ratio, cpuRatio, isKept }) =>
      promiseColumns(says, [
        mustBe,
        ratio === null ? "-" : inWords(ratio, 2),
        cpuRatio === null ? "-" : cpuRatio.median.toFixed(2),
        answer(isKept),
      ]),
    ),
  ];
}

export interface Memory {
  readonly name: string;
  readonly atStart: number | null;
  readonly afterLoad: number | null;
}

export function memoryLines(all: readonly Memory[]): string[] {
  const megabytes = (value: number | null) => (value === null ? "-" : `${value} MB`);
  return [
    columns("Resident memory", ["at start", "after the load"]),
    ...all.map(({ name, atStart, afterLoad }) =>
      columns(name, [megabytes(atStart), megabytes(afterLoad)]),
    ),
  ];
}

const columns = (first: string, others: readonly string[]) =>
  [first.padEnd(34), ...others.map((text) => text.padEnd(22))].join(" ").trimEnd();
const promiseColumns = (
  first: string,
  [mustBe = "", measured = "", ...others]: readonly string[],
) =>
  [
    first.padEnd(38),
    mustBe.padEnd(9),
    measured.padEnd(22),
    ...others.map((text) => text.padEnd(14)),
  ]
    .join(" ")
    .trimEnd();
