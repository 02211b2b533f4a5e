import { rename } from "node:fs/promises";
import { startPostgres } from "../lib/db/testing/postgres";
import { startProxy } from "../lib/db/testing/proxy";
import { holdWriteLock } from "../lib/db/testing/sqlite";
import {
  type Browser,
  each,
  loginShot,
  ME,
  openBrowser,
  REFRESH,
  signIn,
} from "./support/cookie-browser";
import { expect, test } from "./support/fixtures";
import { percentile, steady, tally, together } from "./support/traffic";

/** What goes wrong beneath the server: its database, its disk, its output. No browser. */

test.setTimeout(120_000);

const QUIET = { RATE_LIMITS: "off", LOG_LEVEL: "warn" };
const AUTH_COOKIE = /^__Host-(access_token|refresh_token|auth_hint)=/;

// bar 118, 155, F4
test("while the database file is away everything says so, nobody is signed out, and it comes back", async ({
  start,
}) => {
  const app = await start(QUIET);
  const { account, browsers } = await signIn(app.origin, 2);
  const [browser, leaver] = browsers as [Browser, Browser];
  const path = app.databaseUrl.replace(/^file:/, "");
  await rename(path, `${path}.away`);

  const ready = { method: "GET", path: "/api/health/ready" } as const;
  const guest = openBrowser(app.origin);
  const startedAt = performance.now();
  for (const [who, shot] of [
    [browser, ME],
    [browser, REFRESH],
    [browser, ready],
    [guest, loginShot(account)],
  ] as const) {
    const answer = await who.send(shot);
    expect([shot.path, answer.status]).toEqual([shot.path, 503]);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(answer.headers["set-cookie"]).toBeUndefined();
  }
  // told at once: nobody waits for a file
  expect(performance.now() - startedAt).toBeLessThan(4 * 2_000);
  const live = await fetch(`${app.origin}/api/health/live`);
  expect(live.status).toBe(200);
  expect(Object.keys(await live.json())).toEqual(["status"]);
  const Cookie = [...browser.cookies].map((pair) => pair.join("=")).join("; ");
  const page = await fetch(`${app.origin}/dashboard`, { headers: { Cookie }, redirect: "manual" });
  expect(page.status).toBe(503);
  expect(page.headers.get("set-cookie")).toBeNull();
  expect(await page.text()).not.toContain(account.username);

  const out = await leaver.send({ method: "POST", path: "/api/auth/logout" });
  expect(out.status).toBe(503);
  const cleared = (out.headers["set-cookie"] ?? []).filter((line) => AUTH_COOKIE.test(line));
  expect(cleared).toHaveLength(3);
  for (const line of cleared) expect(line).toContain("Max-Age=0");

  await rename(`${path}.away`, path);
  expect((await browser.send(REFRESH)).status).toBe(200);
  expect((await browser.send(ME)).status).toBe(200);
});

// bar F5
test("while another process holds the write lock, reads go on and a refresh is told to come back", async ({
  start,
}) => {
  const app = await start(QUIET);
  const { browsers } = await signIn(app.origin, 5);
  const reads = () => steady(each(browsers, ME), 20, 2);
  const idle = await reads();
  const holder = await holdWriteLock(app.databaseUrl);
  // browsers of their own, since each sends one request after the other
  const tabs = browsers.map(({ cookies }) => openBrowser(app.origin, cookies));
  const [beside, refused] = await Promise.all([reads(), together(each(tabs, REFRESH))]);
  // answered although the lock is held still
  expect(tally(refused)).toEqual({ 503: 5 });
  for (const { retryAfter } of refused) expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
  // each waited 2.5 seconds, side by side: one after the other would take five times that
  expect(percentile(refused, 1)).toBeLessThan(4 * 2500);
  expect(tally(beside)).toEqual({ 200: beside.length });
  // a driver that waits inside the event loop holds every read up for seconds
  expect(percentile(beside, 0.5)).toBeLessThan(percentile(idle, 0.5) * 5 + 200);
  await holder.release();
  expect(tally(await together(each(tabs, REFRESH)))).toEqual({ 200: 5 });
});

// bar F6
test("a slow database is waited for, one that is too slow is given up, and it comes back", async ({
  start,
}) => {
  const postgres = await startPostgres();
  const proxy = await startProxy(await postgres.createDatabase());
  const app = await start({ ...QUIET, DATABASE_URL: proxy.url });
  const { account, browsers } = await signIn(app.origin, 10);
  const refreshes = each(browsers, REFRESH);
  // opens all the connections that the pool may have
  expect(tally(await together(refreshes))).toEqual({ 200: 10 });

  proxy.delay(300);
  expect(tally(await together(refreshes))).toEqual({ 200: 10 });
  expect(tally(await together(each(browsers, ME)))).toEqual({ 200: 10 });
  expect((await openBrowser(app.origin).send(loginShot(account))).status).toBe(200);

  proxy.delay(2_500);
  const before = browsers.map(({ cookies }) => new Map(cookies));
  expect(tally(await together(refreshes))).toEqual({ 503: 10 });
  expect(browsers.map(({ cookies }) => cookies)).toEqual(before);
  proxy.delay(0);
  proxy.reset();
  // what was given up may have been done; the same token then gets the same successor
  await refreshAll(browsers);

  // the pool is whole again: more at once than it has connections
  const tabs = browsers.flatMap(({ cookies: jar }) =>
    Array.from({ length: 4 }, () => openBrowser(app.origin, jar)),
  );
  expect(tally(await together(each(tabs, ME)))).toEqual({ 200: 40 });

  for (let times = 0; times < 5; times++) {
    const turn = together(refreshes);
    proxy.reset();
    for (const { status } of await turn) expect([200, 503]).toContain(status);
  }
  await refreshAll(browsers);
  expect(app.logs()).not.toContain("authn_token_reuse");
  await app.stop();
  await proxy.close();
  await postgres.stop();
});

/** Each gets its next token sooner or later, and none is signed out. */
async function refreshAll(browsers: readonly Browser[]): Promise<void> {
  for (const browser of browsers) {
    const status = async () => (await browser.send(REFRESH)).status;
    await expect.poll(status, { timeout: 20_000 }).toBe(200);
  }
}

// bar F10
test("a server whose output nobody reads any more goes on, and stops as it should", async ({
  start,
}) => {
  const app = await start({ RATE_LIMITS: "off", LOG_LEVEL: "info" });
  const { account, browsers } = await signIn(app.origin, 2);
  app.closeOutput();
  for (let times = 0; times < 5; times++) {
    expect(tally(await together(each(browsers, REFRESH)))).toEqual({ 200: 2 });
    const wrong = loginShot({ ...account, password: "not the password" });
    expect((await openBrowser(app.origin).send(wrong)).status).toBe(401);
  }
  expect((await openBrowser(app.origin).send(loginShot(account))).status).toBe(200);
  expect(await app.stop()).toBe(0);
});
