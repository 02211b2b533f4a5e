import type { Storm } from "../support/storm";
import { type Outcome, percentile, ratioOfP95, tally } from "../support/traffic";
import type { Measured } from "./load";
import { inWords, spreadOf } from "./spread";

type Figure = keyof Pick<Measured, "requestsPerSecond" | "p50Milliseconds" | "p99Milliseconds">;

/** One line of the table: the median of the rounds, and their smallest and largest in brackets. */
export function line(name: string, rounds: readonly Measured[]): string {
  const column = (figure: Figure, digits: number) =>
    inWords(spreadOf(rounds.map((round) => round[figure])), digits);
  return [
    name.padEnd(26),
    column("requestsPerSecond", 0).padEnd(22),
    column("p50Milliseconds", 1).padEnd(20),
    column("p99Milliseconds", 1),
  ].join(" ");
}

export const HEADING = `${"".padEnd(26)} ${"requests/s".padEnd(22)} ${"p50 ms".padEnd(20)} p99 ms`;

/** What a storm of logins did to everybody else, and what became of the logins. */
export function stormLines({ idle, storm, logins }: Storm): string[] {
  const everyday = (["refresh", "me"] as const).flatMap((kind) => [
    `${`${kind}, idle`.padEnd(26)} ${latencies(idle[kind])}`,
    `${`${kind}, in the storm`.padEnd(26)} ${latencies(storm[kind])}`,
    `${"".padEnd(26)} p95 is ${ratioOfP95(storm[kind], idle[kind])} times the idle one`,
  ]);
  const statuses = Object.keys(tally(logins)).map((status) => {
    const answers = logins.filter((login) => String(login.status) === status);
    return `${`logins answered ${status}`.padEnd(26)} ${latencies(answers)}`;
  });
  const late = (ms: number | null) => (ms === null ? "unknown" : `${ms.toFixed(0)} ms`);
  return [
    ...everyday,
    ...statuses,
    `event loop late (p99): ${late(idle.eventLoopLateMs)} idle, ${late(storm.eventLoopLateMs)} in the storm`,
  ];
}

function latencies(outcomes: readonly Outcome[]): string {
  const figures = [0.5, 0.95, 0.99, 1].map((share) => percentile(outcomes, share).toFixed(0));
  const failed = outcomes.filter(({ status }) => status !== 200).length;
  return `p50/p95/p99/most ${figures.join("/")} ms, ${failed} of ${outcomes.length} not 200`;
}
