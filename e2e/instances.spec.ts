import { randomBytes, randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { COOKIES } from "../lib/contract";
import { startPostgres } from "../lib/db/testing/postgres";
import { type Browser, each, ME, openBrowser, REFRESH } from "./support/cookie-browser";
import { startCrowd, statusesOf } from "./support/crowd";
import { expect, test } from "./support/fixtures";
import { startInstances } from "./support/instances";
import type { Latchkey } from "./support/latchkey";
import { mintSessions } from "./support/minted-sessions";
import { startSwitchablePostgres } from "./support/switchable-postgres";
import { tally, together } from "./support/traffic";

/** Several instances over one PostgreSQL, and what goes wrong among them. No browser. */

// starts of servers are what takes its time on a busy machine
test.describe.configure({ timeout: 240_000 });

const newSettings = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  AUTH_SECRET: randomBytes(32).toString("base64url"),
  RATE_LIMITS: "off",
  LOG_LEVEL: "warn",
});

// bar 53, 64, 69, F16
test("1000 refreshes at once, of one token or of a thousand, are all answered by two instances", async ({
  start,
}) => {
  const postgres = await startPostgres();
  const settings = newSettings(await postgres.createDatabase());
  const pair = await startInstances(start, 2, { ...settings, REFRESH_GRACE_SECONDS: "60" });
  const [one, other] = pair as [Latchkey, Latchkey];
  const jars = await mintSessions(settings.DATABASE_URL, settings.AUTH_SECRET, 1060);
  const [shared = new Map<string, string>(), ...early] = jars.splice(0, 60);
  const open = (jar: Map<string, string>, index: number) =>
    openBrowser((index % 2 ? other : one).origin, jar);
  // in operation for a while: what is compiled and connected at the first requests is
  for (let times = 0; times < 5; times++) await together(each(early.map(open), REFRESH));

  const rivals = Array.from({ length: 1000 }, (_, index) => open(new Map(shared), index));
  expect(tally(await together(each(rivals, REFRESH)))).toEqual({ 200: 1000 });
  expect(new Set(rivals.map(({ cookies }) => cookies.get(COOKIES.refresh))).size).toBe(1);
  expect(rivals[0]?.cookies.get(COOKIES.hint)).toMatch(/\.1$/);

  const strangers = jars.map(open);
  expect(tally(await together(each(strangers, REFRESH)))).toEqual({ 200: 1000 });
  for (const { cookies } of strangers) expect(cookies.get(COOKIES.hint)).toMatch(/\.1$/);

  const [here, there] = rivals as [Browser, Browser];
  expect((await there.send(ME)).status).toBe(200);
  await here.send({ method: "POST", path: "/api/auth/logout" });
  expect((await there.send(ME)).status).toBe(401);
  for (const browser of [...rivals, ...strangers]) browser.close();
  for (const app of pair) await app.stop();
  await postgres.stop();
});

// bar F1
test("an instance of three is killed again and again, and no session is lost", async ({
  start,
}) => {
  const postgres = await startPostgres();
  const settings = newSettings(await postgres.createDatabase());
  const instances = await startInstances(start, 3, settings);
  const crowd = await startCrowd(instances, settings, 12);
  for (const victim of instances) {
    await pause(randomInt(300, 1500));
    await victim.kill();
    await pause(randomInt(300, 1500));
    await victim.restart();
  }
  const seen = await crowd.end();
  expect(statusesOf(seen)).toEqual(expect.arrayContaining([200, "lost"]));
  expect(statusesOf(seen).filter((status) => ![200, 503, "lost"].includes(status))).toEqual([]);
  expectNoAlarm(instances);
  for (const app of instances) await app.stop();
  await postgres.stop();
});

// bar 118, F4
test("PostgreSQL is away for ten seconds under load: 503 and nothing else, and everybody is still signed in", async ({
  start,
}) => {
  const postgres = await startSwitchablePostgres();
  process.stdout.write(`    for this outage ${postgres.how}\n`);
  const settings = newSettings(postgres.url);
  const instances = await startInstances(start, 2, settings);
  const crowd = await startCrowd(instances, settings, 12);
  const ready = async ({ origin }: Latchkey) => (await fetch(`${origin}/api/health/ready`)).status;
  await crowd.thrives();

  await postgres.off();
  const awayAt = performance.now();
  await pause(10_000);
  const readiness = await Promise.all(instances.map(ready));
  const backAt = performance.now();
  await postgres.on();
  for (const app of instances) {
    await expect.poll(() => ready(app), { timeout: 20_000 }).toBe(200);
  }
  await crowd.thrives();
  const seen = await crowd.end();

  expect(readiness).toEqual([503, 503]);
  const meanwhile = seen.filter((each) => each.sentAt > awayAt && each.answeredAt < backAt);
  expect(meanwhile.length).toBeGreaterThan(12);
  expect(statusesOf(meanwhile)).toEqual([503]);
  const refused = seen.filter(({ status }) => status !== 200);
  expect(statusesOf(refused)).toEqual([503]);
  expect(refused.filter(({ setsCookie }) => setsCookie)).toEqual([]);
  expectNoAlarm(instances);
  for (const app of instances) await app.stop();
  await postgres.stop();
});

function expectNoAlarm(instances: readonly Latchkey[]): void {
  for (const app of instances) expect(app.logs()).not.toContain("authn_token_reuse");
}
