import { parseArgs } from "node:util";
import buildOnce from "../support/build-once";
import { coresInWords, ownCores, pin } from "./cores";
import { openGenerator } from "./generator";
import type { Load, Measured } from "./load";
import { machineLine } from "./machine";
import { levelOf, minuteLine, SOAK_HEADING, slopeOf } from "./soak-report";
import { bareNextToSoak, oursToSoak, type Running } from "./soak-servers";
import { capacityOf, type Generators, type Minute, soak } from "./soaked";

/**
 * `npm run soak [minutes] [-- --load percent]`: a share of what a server can do (half of it) for a long time (30
 * minutes), and every minute what must not grow. First Latchkey, then what Next needs by itself: `next start` with the
 * same page without a guard and a handler that does nothing, at the same share of what that can do.
 * `--alone`: without the second. Ends with 1 when an answer was wrong, or memory grew by more than a megabyte a minute.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { load: { type: "string" }, alone: { type: "boolean" } },
});
const minutes = Number(positionals[0] ?? 30);
const percent = Number(values.load ?? 50);
/** Memory is judged after these: until then caches fill and code is compiled. */
const warmUpMinutes = Math.min(5, Math.floor(minutes / 2));
const STEEPEST_SLOPE = 1;
const MEGABYTES_ABOVE_NEXT = 60;

const say = (text: string) => void process.stdout.write(`${text}\n`);

await buildOnce();
const cores = ownCores();
const generators: Generators = {
  main: openGenerator<Load, Measured>("load.ts"),
  aside: openGenerator<Load, Measured>("load.ts"),
};
for (const { pid } of Object.values(generators)) pin(pid, "generator", cores);
say(`${machineLine()}\n${coresInWords(cores)}`);

const own = await soakOne(oursToSoak);
const nexts = values.alone ? [] : await soakOne(bareNextToSoak);
const wrong = [...own, ...nexts].reduce((sum, { failures }) => sum + failures, 0);
const slope = slopeOf(own.slice(warmUpMinutes));
say(`\nWrong answers: ${wrong}`);
say(`Latchkey's memory grew by ${slope.toFixed(2)} MB a minute (flat: at most ${STEEPEST_SLOPE})`);
tellLevels(levelOf(own.slice(warmUpMinutes)), levelOf(nexts.slice(warmUpMinutes)));
process.exit(wrong > 0 || slope > STEEPEST_SLOPE ? 1 : 0);

async function soakOne(start: () => Promise<Running>): Promise<readonly Minute[]> {
  const { soaked, close } = await start();
  try {
    const { perSecond, clients } = await capacityOf(soaked, generators.main, cores);
    const pace = (perSecond * percent) / 100;
    say(
      `\n${soaked.name}: ${perSecond.toFixed(0)} requests a second at most, now ${pace.toFixed(0)}`,
    );
    say(SOAK_HEADING);
    const plan = { minutes, perSecond: pace };
    return await soak({ ...soaked, clients }, plan, generators, (minute, number) =>
      say(minuteLine(number, minute)),
    );
  } finally {
    await close();
  }
}

function tellLevels(ours: number | null, nexts: number | null) {
  if (ours === null || nexts === null) return;
  const above = ours - nexts;
  const answer = above <= MEGABYTES_ABOVE_NEXT ? "yes" : "NO";
  say(`Memory: Latchkey ${ours} MB, Next by itself ${nexts} MB: ${above} MB more`);
  say(`At most ${MEGABYTES_ABOVE_NEXT} MB more than Next by itself: ${answer}`);
}
