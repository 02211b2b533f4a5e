import type { Storm } from "../support/storm";
import { type Outcome, percentile, tally } from "../support/traffic";
import type { Kept } from "./promises";

const P95_AT_MOST = 3;

/** What a storm of logins did to everybody else, and what became of the logins. */
export function stormLines({ idle, storm, logins }: Storm): string[] {
  const everyday = (["refresh", "me"] as const).flatMap((kind) => [
    `${`${kind}, idle`.padEnd(26)} ${latencies(idle[kind])}`,
    `${`${kind}, in the storm`.padEnd(26)} ${latencies(storm[kind])}`,
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

/** The p95 of a refresh in the storm against the one without. */
export function judgeStorm({ idle, storm }: Storm): Kept {
  const ratio = percentile(storm.refresh, 0.95) / percentile(idle.refresh, 0.95);
  return {
    says: "p95 of refresh: in a storm / idle",
    mustBe: `<= ${P95_AT_MOST}`,
    ratio: { median: ratio, least: ratio, most: ratio },
    cpuRatio: null,
    isKept: ratio <= P95_AT_MOST,
  };
}

function latencies(outcomes: readonly Outcome[]): string {
  const figures = [0.5, 0.95, 0.99, 1].map((share) => percentile(outcomes, share).toFixed(0));
  const failed = outcomes.filter(({ status }) => status !== 200).length;
  return `p50/p95/p99/most ${figures.join("/")} ms, ${failed} of ${outcomes.length} not 200`;
}
