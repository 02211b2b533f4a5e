import { availableParallelism, loadavg } from "node:os";
import buildOnce from "../support/build-once";
import type { Shot } from "../support/connection";
import { loginShot, ME, newAccount, REFRESH, signIn } from "../support/cookie-browser";
import { EVENT_LOOP_PROBE } from "../support/event-loop";
import { startLatchkey } from "../support/latchkey";
import { raiseStorm } from "../support/storm";
import { residentMegabytes } from "../support/vitals";
import { openGenerator } from "./generator";
import type { Load, Measured } from "./load";
import { HEADING, line, stormLines } from "./report";

/**
 * `npm run bench`: what a request costs on this machine, beside one that does nothing but pass through Next and
 * `route()`. The kinds take turns, so that a machine that slows down slows all of them; then what a storm of logins
 * does to everybody else. About two and a half minutes.
 *
 * `DATABASE_URL` names another database than a new SQLite file; it gets a user called `bench…`.
 */

const ROUNDS = 3;
const SECONDS = 4;
const WARM_UP_SECONDS = 1;
const CONNECTIONS = 16;
/** Fewer: passwords are hashed by two workers, and a queue of 16 would only measure itself. */
const LOGIN_CONNECTIONS = 4;
const BCRYPT_COST = "12";

const STORM = { crowd: 200, idleSeconds: 10, stormSeconds: 30 };

const { DATABASE_URL } = process.env;
const account = newAccount();
const login = loginShot(account);

const KINDS: readonly { name: string; shot: Shot; connections: number }[] = [
  {
    name: "nothing (health/live)",
    shot: { method: "GET", path: "/api/health/live" },
    connections: CONNECTIONS,
  },
  { name: "users/me", shot: ME, connections: CONNECTIONS },
  { name: "refresh, rotating", shot: REFRESH, connections: CONNECTIONS },
  { name: "dashboard page", shot: { method: "GET", path: "/dashboard" }, connections: CONNECTIONS },
  { name: "login", shot: login, connections: LOGIN_CONNECTIONS },
];

const say = (text: string) => void process.stdout.write(`${text}\n`);

await buildOnce();
const otherWork = loadavg()[0]?.toFixed(1);
const app = await startLatchkey({
  BCRYPT_COST,
  LOG_LEVEL: "warn",
  RATE_LIMITS: "off",
  MAX_SESSIONS_PER_USER: "10000",
  ...EVENT_LOOP_PROBE,
  ...(DATABASE_URL ? { DATABASE_URL } : {}),
});
const generator = openGenerator<Load, Measured>("load.ts");

try {
  const atStart = residentMegabytes(app.pid);
  const { browsers } = await signIn(app.origin, CONNECTIONS, account);
  for (const browser of browsers) browser.close();
  let cookies = browsers.map((browser) => Object.fromEntries(browser.cookies)) as Load["cookies"];
  const rounds = new Map<string, Measured[]>(KINDS.map(({ name }) => [name, []]));
  let failures = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, shot, connections } of KINDS) {
      const seconds = round === 0 ? WARM_UP_SECONDS : SECONDS;
      const own = shot === login ? cookies.slice(0, connections).map(() => ({})) : cookies;
      const measured = await generator.measure({ origin: app.origin, shot, cookies: own, seconds });
      if (shot !== login) cookies = measured.cookies;
      if (round > 0) rounds.get(name)?.push(measured);
      failures += measured.failures;
    }
  }
  say(`Node ${process.version}, ${availableParallelism()} cores shared with the load generator,`);
  say(`${otherWork} processes wanted them before it started (0 on an idle machine),`);
  say(
    `${durability(app.databaseUrl)}, BCRYPT_COST ${BCRYPT_COST}, LOG_LEVEL warn, RATE_LIMITS off,`,
  );
  say(
    `${CONNECTIONS} connections (login ${LOGIN_CONNECTIONS}), ${ROUNDS} rounds of ${SECONDS} s in turn: median (least-most)\n`,
  );
  say(HEADING);
  for (const [name, measured] of rounds) say(line(name, measured));
  say(
    `\nMemory of the server: ${atStart} MB at the start, ${residentMegabytes(app.pid)} MB at the end`,
  );
  if (failures > 0) say(`${failures} answers were not 200: these figures mean nothing`);
  say(`\nA storm of ${STORM.crowd} logins at a time, each repeated as soon as it is answered`);
  for (const line of stormLines(await raiseStorm(app, STORM))) say(line);
  process.exitCode = failures > 0 ? 1 : 0;
} finally {
  generator.close();
  await app.discard();
}

function durability(databaseUrl: string): string {
  return databaseUrl.startsWith("file:")
    ? "SQLite (WAL, synchronous=FULL)"
    : "PostgreSQL (as it is set up)";
}
