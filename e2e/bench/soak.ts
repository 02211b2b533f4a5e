import buildOnce from "../support/build-once";
import { signIn } from "../support/cookie-browser";
import { everydayUse } from "../support/everyday-use";
import { startLatchkey } from "../support/latchkey";
import { type Outcome, percentile, tally } from "../support/traffic";
import { vitalsOf } from "../support/vitals";

/**
 * `npm run soak [minutes]`: everyday use for a long time (30 minutes unless said otherwise), and every minute what must
 * not grow. Ends with 1 when anything was answered other than 200, or memory grew by more than a megabyte a minute.
 */

const minutes = Number(process.argv[2] ?? 30);
const BROWSERS = 40;
/** Memory is judged after these: until then caches fill and code is compiled. */
const WARM_UP_MINUTES = 5;
const STEEPEST_SLOPE = 1;
/** Memory is read so often, and the least counts: what is above it is garbage that waits to be collected. */
const PARTS_OF_A_MINUTE = 6;

const say = (text: string) => void process.stdout.write(`${text}\n`);

await buildOnce();
const app = await startLatchkey({
  LOG_LEVEL: "warn",
  RATE_LIMITS: "off",
  // above what the mix opens for its one account, so that no browser is pushed out
  MAX_SESSIONS_PER_USER: "100000",
});

try {
  const { account, browsers } = await signIn(app.origin, BROWSERS);
  const memory: number[] = [];
  let unexpected = 0;
  say("minute  MB   files  database kB  WAL kB  p50/p99 ms  answers");
  for (let minute = 1; minute <= minutes; minute++) {
    const outcomes: Outcome[] = [];
    const readings: number[] = [];
    for (let part = 0; part < PARTS_OF_A_MINUTE; part++) {
      outcomes.push(...(await everydayUse(app, account, browsers, 60 / PARTS_OF_A_MINUTE)));
      readings.push(vitalsOf(app).residentMegabytes ?? Number.NaN);
    }
    const vitals = vitalsOf(app);
    const least = Math.min(...readings);
    memory.push(least);
    unexpected += outcomes.filter(({ status }) => status !== 200).length;
    const [median, late] = [0.5, 0.99].map((share) => percentile(outcomes, share).toFixed(0));
    const columns = [
      String(minute).padEnd(7),
      String(Number.isNaN(least) ? "-" : least).padEnd(4),
      String(vitals.descriptors ?? "-").padEnd(6),
      String(vitals.databaseKilobytes).padEnd(12),
      String(vitals.walKilobytes).padEnd(7),
      `${median}/${late}`.padEnd(11),
      JSON.stringify(tally(outcomes)),
    ];
    say(columns.join(" "));
  }
  const slope = slopeOf(memory.slice(Math.min(WARM_UP_MINUTES, memory.length - 2)));
  say(`\nUnexpected answers: ${unexpected}; memory grew by ${slope.toFixed(2)} MB a minute`);
  process.exitCode = unexpected > 0 || slope > STEEPEST_SLOPE ? 1 : 0;
} finally {
  await app.discard();
}
process.exit();

/** Of the straight line nearest to these values, one a minute. */
function slopeOf(values: readonly number[]): number {
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const minutesPassed = values.map((_, index) => index);
  const [meanMinute, meanValue] = [mean(minutesPassed), mean(values)];
  const covariance = mean(
    minutesPassed.map((m) => (m - meanMinute) * ((values[m] ?? 0) - meanValue)),
  );
  const variance = mean(minutesPassed.map((m) => (m - meanMinute) ** 2));
  return variance === 0 ? 0 : covariance / variance;
}
