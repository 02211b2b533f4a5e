import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { COOKIES } from "../lib/contract";
import { each, openBrowser, REFRESH, signIn } from "./support/cookie-browser";
import { startCrowd, statusesOf } from "./support/crowd";
import { everydayUse } from "./support/everyday-use";
import { expect, test } from "./support/fixtures";
import type { Latchkey } from "./support/latchkey";
import { mintSessions } from "./support/minted-sessions";
import type { Variables } from "./support/server-process";
import { type Outcome, tally, together } from "./support/traffic";
import { vitalsOf } from "./support/vitals";

/** As much work as there is room for: nothing may be refused, lost or kept. No browser. */

test.setTimeout(240_000);

const QUIET = { RATE_LIMITS: "off", LOG_LEVEL: "warn", MAX_SESSIONS_PER_USER: "100000" };

// bar 64, F16
test("1000 refreshes of one token at once get one successor, each of them", async ({ start }) => {
  const AUTH_SECRET = randomBytes(32).toString("base64url");
  const app = await start({ ...QUIET, AUTH_SECRET, REFRESH_GRACE_SECONDS: "60" });
  const [jar] = await mintSessions(app.databaseUrl, AUTH_SECRET, 1);
  const browsers = Array.from({ length: 1000 }, () => openBrowser(app.origin, new Map(jar)));
  const outcomes = await together(each(browsers, REFRESH));
  expect(tally(outcomes)).toEqual({ 200: 1000 });
  const successors = new Set(browsers.map(({ cookies }) => cookies.get(COOKIES.refresh)));
  expect(successors.size).toBe(1);
  expect(browsers[0]?.cookies.get(COOKIES.hint)).toMatch(/\.1$/);
});

// bar F16
test("1000 refreshes of 1000 tokens at once rotate each of them once", async ({ start }) => {
  const { browsers } = await startHerd(start, 1000);
  expect(tally(await together(each(browsers, REFRESH)))).toEqual({ 200: 1000 });
  for (const { cookies } of browsers) expect(cookies.get(COOKIES.hint)).toMatch(/\.1$/);
});

// bar F27
test("2000 clients whose tokens run out in the same seconds are all served", async ({
  start,
}, testInfo) => {
  const { browsers } = await startHerd(start, 2000);
  const startedAt = performance.now();
  // never more than 200 on the way: the client's chance spreads them (schedule.ts)
  const lanes = Array.from({ length: 200 }, (_, lane) =>
    browsers.filter((_, index) => index % 200 === lane),
  );
  const outcomes = await Promise.all(
    lanes.map(async (lane) => {
      const ofLane: Outcome[] = [];
      for (const browser of lane) ofLane.push(...(await together(each([browser], REFRESH))));
      return ofLane;
    }),
  );
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  testInfo.annotations.push({ type: "measured", description: `all of them in ${seconds} s` });
  expect(tally(outcomes.flat())).toEqual({ 200: 2000 });
});

// bar F20
test("everyday use leaves nothing behind: no odd answer, no open file, no growing log", async ({
  start,
}) => {
  const app = await start(QUIET);
  const { account, browsers } = await signIn(app.origin, 20);
  const first = await everydayUse(app, account, browsers, 5);
  const before = vitalsOf(app);
  const second = await everydayUse(app, account, browsers, 15);
  const after = vitalsOf(app);
  expect(tally([...first, ...second])).toEqual({ 200: first.length + second.length });
  expect(after.descriptors ?? 0).toBeLessThan((before.descriptors ?? 0) + 20);
  // SQLite starts its log anew at about 4 MB
  expect(after.walKilobytes).toBeLessThan(8 * 1024);
});

// bar F21
test("a deploy in the middle of everything costs nobody his session", async ({ start }) => {
  const AUTH_SECRET = randomBytes(32).toString("base64url");
  const app = await start({ ...QUIET, AUTH_SECRET });
  const crowd = await startCrowd([app], { DATABASE_URL: app.databaseUrl, AUTH_SECRET }, 20);
  await crowd.thrives();
  for (let deploys = 0; deploys < 2; deploys++) {
    await pause(1_000);
    expect(await app.stop()).toBe(0);
    await app.restart();
    await crowd.thrives();
  }
  const statuses = statusesOf(await crowd.end());
  expect(statuses.filter((status) => ![200, 503, "lost"].includes(status))).toEqual([]);
  expect(app.logs()).not.toContain("authn_token_reuse");
});

/** A server, and so many browsers signed in to it. */
async function startHerd(start: (variables: Variables) => Promise<Latchkey>, size: number) {
  const AUTH_SECRET = randomBytes(32).toString("base64url");
  const app = await start({ ...QUIET, AUTH_SECRET });
  const jars = await mintSessions(app.databaseUrl, AUTH_SECRET, size);
  return { browsers: jars.map((jar) => openBrowser(app.origin, jar)) };
}
