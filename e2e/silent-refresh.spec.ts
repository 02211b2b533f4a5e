import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import {
  comeBack,
  countRequests,
  expireAccessToken,
  openQuietDashboard,
  registerByForm,
} from "./support/people";

const REFRESH = "/api/auth/refresh";

/** The statuses of what the dashboard asks the API, from now on. */
function watchApiCalls(page: Page): readonly number[] {
  const statuses: number[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname === "/api/auth/sessions") statuses.push(response.status());
  });
  return statuses;
}

/** How long a page is used: mostly the browser is at work, so a part of it will do for the second database. */
const USED_SECONDS = { sqlite: 60, postgresql: 20 };

test("a page used for a while, its access tokens living five seconds, never fails", async ({
  page,
  context,
  start,
  database,
}) => {
  test.setTimeout(120_000);
  const seconds = USED_SECONDS[database];
  const app = await start({ ACCESS_TOKEN_SECONDS: "5" });
  await registerByForm(page, app.origin);
  const refreshes = countRequests(context, REFRESH);
  const failures: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) failures.push(`went to ${request.url()}`);
  });
  page.on("pageerror", (error) => failures.push(error.message));
  const answers = watchApiCalls(page);
  for (let second = 0; second < seconds; second++) {
    await comeBack(page);
    await page.waitForTimeout(1000);
  }
  expect(failures).toEqual([]);
  expect(answers.length).toBeGreaterThanOrEqual(seconds);
  expect(answers.filter((status) => status === 401).length).toBeLessThanOrEqual(2);
  expect(refreshes.count).toBeGreaterThanOrEqual(Math.floor(seconds / 6));
  expect(refreshes.count).toBeLessThanOrEqual(Math.ceil(seconds / 3));
  await expect(page.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
});

// bar 159
test("ten parallel calls with an expired token cause one refresh", async ({
  page,
  context,
  app,
}) => {
  await openQuietDashboard(page, app.origin);
  const refreshes = countRequests(context, REFRESH);
  const answers = watchApiCalls(page);
  await expireAccessToken(context);
  await comeBack(page, 10);
  await expect.poll(() => answers.filter((status) => status === 200).length).toBe(10);
  expect(answers.filter((status) => status === 401)).toHaveLength(10);
  expect(refreshes.count).toBe(1);
});

test("a reload with an expired access token renders the dashboard at once", async ({
  page,
  context,
  app,
}) => {
  await openQuietDashboard(page, app.origin);
  await expireAccessToken(context);
  const refreshes = countRequests(context, REFRESH);
  const documents: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) documents.push(request.url());
  });
  const response = await page.reload();
  expect(response?.status()).toBe(200);
  expect(response?.request().redirectedFrom()).toBeNull();
  expect(await response?.text()).toContain("Hello, ");
  expect(await response?.headerValue("set-cookie")).toBeNull();
  // the browser renews in the background
  await expect.poll(() => refreshes.count).toBe(1);
  expect(documents).toEqual([`${app.origin}/dashboard`]);
});

// bar 97
test("thirty prefetches and navigations rotate nothing", async ({ page, context, app }) => {
  await openQuietDashboard(page, app.origin);
  const before = (await context.cookies()).find(({ name }) => name.includes("refresh"))?.value;
  await expireAccessToken(context);
  for (let time = 0; time < 30; time++) {
    const headers: Record<string, string> =
      time % 2 === 0 ? { purpose: "prefetch", "Next-Router-Prefetch": "1", RSC: "1" } : {};
    const response = await context.request.get(`${app.origin}/dashboard`, { headers });
    expect([response.status(), response.headers()["set-cookie"]]).toEqual([200, undefined]);
  }
  const after = (await context.cookies()).find(({ name }) => name.includes("refresh"))?.value;
  expect(after).toBe(before);
});

// bar 162
test("a refresh that gets 503 or no network signs nobody out and recovers", async ({
  page,
  context,
  app,
}) => {
  await openQuietDashboard(page, app.origin);
  for (const fail of [
    () => page.route(`**${REFRESH}`, (route) => route.fulfill({ status: 503, body: "{}" })),
    () => page.route(`**${REFRESH}`, (route) => route.abort("internetdisconnected")),
  ]) {
    await fail();
    await expireAccessToken(context);
    const refused = page.waitForEvent(
      "request",
      (request) => new URL(request.url()).pathname === REFRESH,
    );
    await comeBack(page);
    await refused;
    await expect(page.getByText(/stay signed in/i)).toBeVisible();
    expect(page.url()).toBe(`${app.origin}/dashboard`);

    await page.unroute(`**${REFRESH}`);
    const renewed = page.waitForResponse((response) => response.url().endsWith(REFRESH));
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    expect((await renewed).status()).toBe(200);
    await expect(page.getByText(/stay signed in/i)).toHaveCount(0);
  }
});

// bar 163
test("a session that ended elsewhere leads to the login page once, and says why", async ({
  page,
  context,
  app,
}) => {
  await openQuietDashboard(page, app.origin);
  const refreshes = countRequests(context, REFRESH);
  // somebody with a copy of the cookies ends the session
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const logout = { method: "POST", headers: { cookie }, body: null };
  expect((await fetch(`${app.origin}/api/auth/logout`, logout)).status).toBe(200);
  await comeBack(page);
  await page.waitForURL("**/login?**");
  expect(new URL(page.url()).searchParams.get("reason")).toBe("signed_out");
  expect(refreshes.count).toBe(1);
});

// bar 164, F13
test("a browser whose clock is a day wrong neither storms nor signs out", async ({
  browser,
  start,
}) => {
  const app = await start({ ACCESS_TOKEN_SECONDS: "60" });
  for (const days of [-1, 1]) {
    const context = await browser.newContext();
    await context.addInitScript((offset) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + offset;
    }, days * 86_400_000);
    const page = await context.newPage();
    await registerByForm(page, app.origin);
    const refreshes = countRequests(context, REFRESH);
    await comeBack(page, 3);
    await page.waitForTimeout(2000);
    expect(refreshes.count).toBe(0);
    expect(page.url()).toBe(`${app.origin}/dashboard`);
    await context.close();
  }
});
