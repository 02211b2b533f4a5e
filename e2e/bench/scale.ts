import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../../lib/db/testing/postgres";
import { storageOf } from "../../lib/db/testing/storage";
import { newFolder, removeFolder } from "../../lib/testing/evidence";
import buildOnce from "../support/build-once";
import { coresInWords, ownCores } from "./cores";
import { machineLine } from "./machine";
import { measureGrowth } from "./scale-growth";
import {
  growthLine,
  type SizeStorage,
  sizeLines,
  slownessLines,
  storageLine,
} from "./scale-report";
import { newTarget, type Target, takeTurns } from "./scale-rounds";

/**
 * `npm run bench:scale`: what a refresh and a read cost with a thousand sessions in the database and with a million, on
 * SQLite and on PostgreSQL (`TEST_POSTGRES_URL`, else one that is started for it and writes durably), and what a session
 * takes on the disk. About twelve minutes; `npm run bench:scale -- --quick` is one, to see that it works.
 */

const { quick } = parseArgs({ options: { quick: { type: "boolean" } } }).values;
const SIZES = quick ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000];
const PLAN = quick
  ? { rounds: 3, seconds: 1, warmUpSeconds: 0.5, connections: 8 }
  : { rounds: 7, seconds: 1.5, warmUpSeconds: 2, connections: 8 };
/** Of one database alone, by the store. */
const REFRESHES = quick ? 2_000 : 100_000;

const EXPLANATION = [
  "Each request is of a session chosen anew from all of them. A new token was signed elsewhere a moment ago, so the",
  "server verifies its signature; of known ones, which it has verified before, there are 2 000 at every size. The files",
  "of a database are read before each slice: what the system took from memory meanwhile is not measured.",
  "Median (least-most) of the rounds, ratios within a round.\n",
];

const say = (text: string) => void process.stdout.write(`${text}\n`);

await buildOnce();
const cores = ownCores();
say(`${machineLine()}\n${coresInWords(cores)}`);
say(`${PLAN.connections} connections, ${PLAN.rounds} rounds of ${PLAN.seconds} s in turn.`);
for (const line of EXPLANATION) say(line);
const folder = newFolder("scale-");
const postgres = await startPostgres("durable");
let failures = 0;
try {
  await measureAll("SQLite", async (sessions) => `file:${join(folder, `${sessions}.db`)}`);
  await measureAll("PostgreSQL", () => postgres.createDatabase());
} finally {
  await postgres.stop();
  await removeFolder(folder);
}
if (failures > 0) say(`${failures} answers were not 200: these figures mean nothing`);
process.exit(failures > 0 ? 1 : 0);

async function measureAll(name: string, newDatabase: (sessions: number) => Promise<string>) {
  const secret = randomBytes(32).toString("base64url");
  const targets: Target[] = [];
  const storage: SizeStorage[] = [];
  try {
    for (const sessions of SIZES) {
      const target = await newTarget(await newDatabase(sessions), sessions, secret);
      targets.push(target);
      storage.push({ sessions, ...(await storageOf(target.url, "session")) });
    }
    const sizes = await takeTurns(targets, PLAN, cores);
    for (const line of [...sizeLines(name, sizes), ...slownessLines(name, sizes)]) say(line);
    for (const { failures: more } of sizes.flatMap(({ slices }) => Object.values(slices).flat())) {
      failures += more;
    }
    for (const { app } of targets) await app.stop();
    say(storageLine(storage));
    const [, second] = targets;
    if (second) say(`${growthLine(await measureGrowth(second, REFRESHES))}\n`);
  } finally {
    for (const { app } of targets) await app.discard();
  }
}
