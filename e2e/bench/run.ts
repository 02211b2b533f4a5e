import { writeFile } from "node:fs/promises";
import buildOnce from "../support/build-once";
import { EVENT_LOOP_PROBE } from "../support/event-loop";
import { startLatchkey } from "../support/latchkey";
import { raiseStorm } from "../support/storm";
import { residentMegabytes } from "../support/vitals";
import type { Contestant } from "./contestant";
import { BCRYPT_COST, field } from "./contestants";
import { coresInWords, ownCores, pin } from "./cores";
import { comparisonLines } from "./explanation";
import { openGenerator } from "./generator";
import type { Load, Measured } from "./load";
import { machineLine } from "./machine";
import { readOptions } from "./options";
import { judgePromises } from "./promises";
import { type Plan, type Row, takeTurns } from "./rounds";
import { judgeStorm, stormLines } from "./storm-report";
import { figureLines, type Memory, memoryLines, promiseLines } from "./table";

/**
 * `npm run bench`: Latchkey under both servers, beside what it stands on (a bare Node server, its store, its hashes) and
 * beside its peers (`npm run bench:peers` gets what npm has of them), in turns. About ten minutes.
 * Ends with 1 when an answer was not what it must be or somebody did not start; a promise that is not kept is only said.
 */

/** A page takes as long as dozens of the others do, so fewer of them fit into a slice. */
const SECONDS = { nothing: 2, me: 2, refresh: 2, dashboard: 5, login: 5 };
/** Until what is asked often is compiled. */
const WARM_UP_SECONDS = { nothing: 3, me: 3, refresh: 3, dashboard: 10, login: 1 };
const STORM = { crowd: 200, idleSeconds: 10, stormSeconds: 20 };

const options = readOptions(process.argv.slice(2));
const { kinds, rounds } = options;
const plan: Plan = { kinds, rounds, seconds: SECONDS, warmUpSeconds: WARM_UP_SECONDS };
const say = (text: string) => void process.stdout.write(`${text}\n`);
const sayAll = (lines: readonly string[]) => say(`${lines.join("\n")}\n`);

say("Building what is not built yet …");
await buildOnce();
const cores = ownCores();
const { entrants, notes } = await field();
sayAll([machineLine(), coresInWords(cores), ...notes]);

let notStarted = 0;
const { rows, memory } = await measureAll();
const storm = options.storm ? await measureStorm() : null;
const kept = judgePromises(rows, kinds);
const promises = storm === null ? kept : [...kept, judgeStorm(storm)];

sayAll(comparisonLines(plan));
sayAll(figureLines(rows));
sayAll(memoryLines(memory));
if (storm !== null) {
  sayAll([
    `A storm of ${STORM.crowd} logins at a time, each again as soon as it is answered; nothing pinned`,
    ...stormLines(storm),
  ]);
}
sayAll(promiseLines(promises));
if (options.json !== null) {
  const machine = [machineLine(), coresInWords(cores), ...notes];
  await writeFile(options.json, JSON.stringify({ machine, plan, rows, memory, promises }, null, 2));
}
const failures = rows.flatMap(({ slices }) => slices).reduce((sum, each) => sum + each.failures, 0);
if (failures > 0) say(`${failures} answers were wrong: these figures mean nothing`);
process.exit(failures + notStarted > 0 ? 1 : 0);

async function measureAll(): Promise<{ readonly rows: readonly Row[]; readonly memory: Memory[] }> {
  const generator = openGenerator<Load, Measured>("load.ts");
  pin(generator.pid, "generator", cores);
  const contestants: Contestant[] = [];
  say("Starting servers and signing people in …");
  try {
    for (const { kinds: all, open } of entrants) {
      const asked = all.filter((kind) => kinds.includes(kind));
      if (asked.length > 0) contestants.push(...(await opened(() => open(asked, generator))));
    }
    const residents = () => contestants.map(({ pids }) => sumOf(pids.map(residentMegabytes)));
    const atStart = residents();
    const rows = await takeTurns(contestants, plan, cores, say);
    const afterLoad = residents();
    const memory = contestants.map(({ name }, index) => ({
      name,
      atStart: atStart[index] ?? null,
      afterLoad: afterLoad[index] ?? null,
    }));
    return { rows, memory };
  } finally {
    generator.close();
    for (const contestant of contestants) await contestant.close();
  }
}

/** None where it cannot start, which is said: the others go on. */
async function opened(open: () => Promise<Contestant>): Promise<readonly Contestant[]> {
  try {
    return [await open()];
  } catch (error) {
    say(`Not measured, since it does not start: ${error instanceof Error ? error.message : error}`);
    notStarted += 1;
    return [];
  }
}

async function measureStorm() {
  const app = await startLatchkey({
    BCRYPT_COST: String(BCRYPT_COST),
    LOG_LEVEL: "warn",
    RATE_LIMITS: "off",
    ...EVENT_LOOP_PROBE,
  });
  try {
    return await raiseStorm(app, STORM);
  } finally {
    await app.discard();
  }
}

function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
