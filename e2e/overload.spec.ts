import { availableParallelism } from "node:os";
import {
  each,
  loginShot,
  ME,
  newAccount,
  openBrowser,
  REFRESH,
  registerShot,
  signIn,
} from "./support/cookie-browser";
import { expect, test } from "./support/fixtures";
import { raiseStorm } from "./support/storm";
import { percentile, ratioOfP95, steady, tally, together } from "./support/traffic";

/** More work than there is room for. No browser; how fast it is stands in `npm run bench`, not here. */

test.setTimeout(180_000);

const UNLIMITED = { RATE_LIMITS: "off", LOG_LEVEL: "warn", MAX_SESSIONS_PER_USER: "1000" };

// bar F18
test("a storm of logins costs those who are signed in nothing but time, and little of it", async ({
  start,
}, testInfo) => {
  const app = await start({ ...UNLIMITED, BCRYPT_COST: "12" });
  const { idle, storm, logins } = await raiseStorm(app, {
    // more than any machine hashes in eight seconds
    crowd: Math.max(200, 100 * availableParallelism()),
    idleSeconds: 3,
    stormSeconds: 6,
  });
  for (const kind of ["refresh", "me"] as const) {
    const ratio = `p95 of ${kind} is ${ratioOfP95(storm[kind], idle[kind])} times the idle one`;
    testInfo.annotations.push({ type: "measured", description: ratio });
    expect(tally(storm[kind])).toEqual({ 200: storm[kind].length });
  }
  const refused = logins.filter(({ status }) => status === 503);
  const served = logins.filter(({ status }) => status === 200 || status === 401);
  expect(refused.length).toBeGreaterThan(0);
  expect(served.length).toBeGreaterThan(0);
  expect(refused.length + served.length).toBe(logins.length);
  for (const { retryAfter } of refused) expect(Number(retryAfter)).toBeGreaterThanOrEqual(1);
  // who is signed in does not stand in the line of passwords
  for (const kind of ["refresh", "me"] as const) {
    expect(percentile(storm[kind], 0.95)).toBeLessThan(percentile(served, 0.5));
  }
  // a refusal waits for nothing that is slow
  expect(percentile(refused, 0.5)).toBeLessThan(percentile(served, 0.5));
});

// bar F19
test("a storm of registrations makes every account once, and signs nobody out", async ({
  start,
}) => {
  const app = await start(UNLIMITED);
  const { browsers } = await signIn(app.origin, 1);
  const crowd = Array.from({ length: 100 }, () => ({
    account: newAccount(),
    browser: openBrowser(app.origin),
  }));
  const register = ({ account, browser }: (typeof crowd)[number]) =>
    browser.send(registerShot(account));
  const [me, outcomes] = await Promise.all([
    steady(each(browsers, ME), 10, 3),
    together(crowd.map((one) => () => register(one))),
  ]);
  expect(tally(me)).toEqual({ 200: 30 });
  let refused = crowd.filter((_, index) => outcomes[index]?.status === 503);
  expect(tally(outcomes)[201]).toBe(crowd.length - refused.length);
  while (refused.length > 0) {
    const again = await together(refused.map((one) => () => register(one)));
    refused = refused.filter((_, index) => again[index]?.status !== 201);
  }
  const everybody = crowd.map(({ browser }) => browser);
  expect(tally(await together(each(everybody, ME)))).toEqual({ 200: crowd.length });
});

// bar 12
test("a password of a megabyte is refused unread, and costs nobody else anything", async ({
  start,
}) => {
  const app = await start(UNLIMITED);
  const { account, browsers } = await signIn(app.origin, 2);
  const reads = () => steady(each(browsers, ME), 20, 2);
  const idle = await reads();
  const large = ["p".repeat(1024 * 1024), "é".repeat(32 * 1024)].map((password) =>
    loginShot({ ...account, password }),
  );
  const guests = Array.from({ length: 50 }, (_, index) => {
    const guest = openBrowser(app.origin);
    return () => guest.send(large[index % 2] ?? loginShot(account));
  });
  const [beside, refusals] = await Promise.all([reads(), steady(guests, 25, 2)]);
  expect(tally(refusals)).toEqual({ 413: 50 });
  expect(tally(beside)).toEqual({ 200: beside.length });
  // no hash was computed: that would be a multiple of a read
  expect(percentile(refusals, 0.5)).toBeLessThan(percentile(beside, 0.5) * 5 + 50);
  expect(percentile(beside, 0.5)).toBeLessThan(percentile(idle, 0.5) * 5 + 50);
});

// bar 158
test("logins that wait for their hash are answered before the server ends", async ({ start }) => {
  const app = await start(UNLIMITED);
  const { account } = await signIn(app.origin, 1);
  const logins = together(
    Array.from({ length: 24 }, () => {
      const guest = openBrowser(app.origin);
      return () => guest.send(loginShot(account));
    }),
  );
  // what connects after them is answered after they have arrived
  await openBrowser(app.origin).send({ method: "GET", path: "/api/health/live" });
  const stoppedAt = performance.now();
  expect(await app.stop()).toBe(0);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  const { 200: served = 0, 503: refused = 0 } = tally(await logins);
  expect(served + refused).toBe(24);
  // more than there are workers: some have waited
  expect(served).toBeGreaterThan(availableParallelism());
});

// bar F25
test("128 MB of heap are enough for bodies at the limit and beyond it", async ({ start }) => {
  const app = await start({ ...UNLIMITED, NODE_OPTIONS: "--max-old-space-size=128" });
  const { account, browsers } = await signIn(app.origin, 10);
  const padded = (bytes: number) => ({ ...REFRESH, body: { padding: "p".repeat(bytes) } });
  const wrong = { ...loginShot(account), body: { username: "p".repeat(16_000), password: "p" } };
  const guests = each([openBrowser(app.origin), openBrowser(app.origin)], wrong);
  const huge = Array.from({ length: 8 }, () => openBrowser(app.origin));
  const [refreshes, reads, logins, flood] = await Promise.all([
    steady(each(browsers, padded(16_000)), 25, 6),
    steady(each(browsers, ME), 50, 6),
    steady(guests, 5, 6),
    steady(each(huge, padded(2 * 1024 * 1024)), 20, 6),
  ]);
  expect(tally(refreshes)).toEqual({ 200: refreshes.length });
  expect(tally(reads)).toEqual({ 200: reads.length });
  expect(tally(flood)).toEqual({ 413: flood.length });
  for (const { status } of logins) expect([401, 422, 503]).toContain(status);
  expect(app.logs()).not.toMatch(/heap|memory/i);
});
