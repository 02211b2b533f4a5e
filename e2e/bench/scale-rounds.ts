import { systemClock } from "../../lib/clock";
import { fill } from "../../lib/db/testing/fill";
import type { Population } from "../../lib/db/testing/population";
import { type Latchkey, startLatchkey } from "../support/latchkey";
import { type Cores, pin } from "./cores";
import { openGenerator } from "./generator";
import { readIn } from "./read-in";
import type { ScaleKind, ScaleLoad } from "./scale-load";
import { SCALE_KINDS, type SizeRounds } from "./scale-report";
import type { Slice } from "./slice";

/** A database of so many sessions, and the server in front of it. */
export interface Target {
  readonly url: string;
  readonly secret: string;
  readonly population: Population;
  readonly app: Latchkey;
}

export interface Plan {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: number;
}

/** Fills an empty database and starts a server of this secret over it. */
export async function newTarget(url: string, sessions: number, secret: string): Promise<Target> {
  const population = { sessions, openedAt: systemClock.now() };
  await fill(url, population);
  const app = await startLatchkey({
    DATABASE_URL: url,
    AUTH_SECRET: secret,
    LOG_LEVEL: "warn",
    RATE_LIMITS: "off",
  });
  return { url, secret, population, app };
}

/**
 * Measures one target after the other, round by round and every second one in the opposite order, so that a machine that
 * slows down slows all of them.
 *
 * @throws Error when a server does not answer with 200 from the start
 */
export async function takeTurns(
  targets: readonly Target[],
  { rounds, seconds, warmUpSeconds, connections }: Plan,
  cores: Cores | null,
): Promise<SizeRounds[]> {
  const generator = openGenerator<ScaleLoad, Slice>("scale-load.ts");
  pin(generator.pid, "generator", cores);
  for (const { app } of targets) pin(app.pid, "server", cores);
  const measure = async (
    kind: ScaleKind,
    { url, app, secret, population }: Target,
    seconds: number,
  ) => {
    await readIn(url);
    const { origin, pid } = app;
    return generator.measure({ kind, origin, pid, secret, population, connections, seconds });
  };
  const sizes = targets.map((target) => ({
    target,
    sessions: target.population.sessions,
    slices: { refresh: [] as Slice[], firstUse: [] as Slice[], laterUse: [] as Slice[] },
  }));
  try {
    for (const { target } of sizes) {
      for (const kind of SCALE_KINDS) {
        const { failures } = await measure(kind, target, warmUpSeconds);
        if (failures > 0)
          throw new Error(`With ${target.population.sessions} sessions ${kind} is refused`);
      }
    }
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? sizes : sizes.toReversed();
      for (const kind of SCALE_KINDS) {
        for (const { target, slices } of order) {
          slices[kind].push(await measure(kind, target, seconds));
        }
      }
    }
  } finally {
    generator.close();
  }
  return sizes;
}
