import { setTimeout as pause } from "node:timers/promises";
import type { Contestant, Discipline, Kind, Name } from "./contestant";
import { type Cores, pin } from "./cores";
import { type Slice, withCpuTime } from "./slice";

/** What was measured of one contestant in one discipline, a slice each round. */
export interface Row {
  readonly kind: Kind;
  readonly name: Name;
  readonly work: string;
  readonly slices: readonly Slice[];
}

export interface Plan {
  /** What is asked; the other disciplines of a contestant are left alone. */
  readonly kinds: readonly Kind[];
  readonly rounds: number;
  readonly seconds: Readonly<Record<Kind, number>>;
  readonly warmUpSeconds: Readonly<Record<Kind, number>>;
}

/** Until a server has done what it does after an answer. */
const BREATH_MS = 50;

interface Turn {
  readonly pids: readonly number[];
  readonly discipline: Discipline;
  readonly row: Row & { readonly slices: Slice[] };
}

/**
 * Lets all contestants take turns, kind by kind and round by round, every second round in the opposite order: a machine
 * that slows down slows all of them, and a ratio is taken within a round. Each is warm before the first round.
 */
export async function takeTurns(
  contestants: readonly Contestant[],
  plan: Plan,
  cores: Cores | null,
  tell: (progress: string) => void,
): Promise<readonly Row[]> {
  const turns = plan.kinds.flatMap((kind) => contestants.flatMap((each) => turnsOf(each, kind)));
  tell("Warming up …");
  for (const turn of turns) await sliceOf(turn, plan.warmUpSeconds[turn.row.kind], cores);
  for (let round = 0; round < plan.rounds; round++) {
    tell(`Round ${round + 1} of ${plan.rounds} …`);
    const order = round % 2 === 0 ? turns : turns.toReversed();
    for (const turn of order) {
      turn.row.slices.push(await sliceOf(turn, plan.seconds[turn.row.kind], cores));
    }
  }
  return turns.map(({ row }) => row);
}

function turnsOf({ name, pids, disciplines }: Contestant, kind: Kind): Turn[] {
  return disciplines
    .filter((discipline) => discipline.kind === kind)
    .map((discipline) => ({
      pids,
      discipline,
      row: { kind, name, work: discipline.work, slices: [] },
    }));
}

async function sliceOf(
  { pids, discipline }: Turn,
  seconds: number,
  cores: Cores | null,
): Promise<Slice> {
  for (const pid of pids) pin(pid, discipline.kind === "login" ? "all" : "server", cores);
  await pause(BREATH_MS);
  return withCpuTime(pids, () => discipline.measure(seconds));
}
