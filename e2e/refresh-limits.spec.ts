import { expect, test } from "./support/fixtures";
import { startBehindLossyProxy } from "./support/lossy-proxy";
import {
  comeBack,
  countRequests,
  expireAccessToken,
  openQuietDashboard,
  PASSWORD,
  registerByForm,
  signInByForm,
} from "./support/people";

/** What the browser must not do about a refresh: too often, too late, or for the wrong answer. */

const REFRESH = "/api/auth/refresh";
const SESSIONS = "/api/auth/sessions";

// bar 161
test("an endpoint that refuses every token costs one refresh and one repetition a call", async ({
  page,
  context,
  app,
}) => {
  await openQuietDashboard(page, app.origin);
  const refreshes = countRequests(context, REFRESH);
  const calls = countRequests(context, SESSIONS);
  const refusal = { detail: "Could not validate credentials", error: "invalid_token" };
  await page.route(`**${SESSIONS}`, (route) => route.fulfill({ status: 401, json: refusal }));
  for (let call = 1; call <= 3; call++) {
    await comeBack(page);
    await expect.poll(() => calls.count).toBe(2 * call);
  }
  await page.waitForTimeout(2000);
  expect(calls.count).toBe(6);
  expect(refreshes.count).toBeLessThanOrEqual(3);
  expect(page.url()).toBe(`${app.origin}/dashboard`);
});

// bar 161
test("a browser that keeps no cookies is told so and stops asking", async ({
  page,
  context,
  app,
}) => {
  await openQuietDashboard(page, app.origin);
  const refreshes = countRequests(context, REFRESH);
  // the answer is good, but none of its cookies is ever there
  const user = { id: "x", username: "x", email: "x@example.com", name: null, role: "user" };
  const json = {
    user: { ...user, disabled: false, created_at: "2026-01-01T00:00:00.000Z" },
    expires_in: 5,
  };
  await page.route(`**${REFRESH}`, (route) => route.fulfill({ status: 200, json }));
  await expireAccessToken(context);
  await comeBack(page, 3);
  await expect(page.getByText(/blocks our cookies/)).toBeVisible();
  for (let second = 0; second < 5; second++) {
    await comeBack(page);
    await page.waitForTimeout(1000);
  }
  expect(refreshes.count).toBeLessThanOrEqual(10);
});

// bar 163
test("a session that another device ended leads to the login page once, with the way back", async ({
  page,
  context,
  app,
}) => {
  const username = await openQuietDashboard(page, app.origin);
  await page.goto(`${app.origin}/dashboard?tab=2`);
  await page.waitForLoadState("networkidle");
  const form = new URLSearchParams({ username, password: PASSWORD });
  const granted = await fetch(`${app.origin}/api/auth/token`, { method: "POST", body: form });
  const { access_token } = await granted.json();
  const refreshes = countRequests(context, REFRESH);
  const headers = { authorization: `Bearer ${access_token}` };
  await fetch(`${app.origin}${SESSIONS}`, { method: "DELETE", headers });
  await comeBack(page, 3);
  await page.waitForURL("**/login?**");
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("next"), searchParams.get("reason")]).toEqual([
    "/dashboard?tab=2",
    "ended",
  ]);
  await page.waitForTimeout(1000);
  expect(refreshes.count).toBe(1);
});

// bar 165
test("an answer to a refresh that arrives after signing out brings nothing back", async ({
  page,
  context,
  start,
}) => {
  const { app, proxy } = await startBehindLossyProxy(start, {});
  await openQuietDashboard(page, app.origin);
  let release = () => {};
  let isHeld = false;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  proxy.holding = (path) => {
    if (path !== REFRESH) return null;
    isHeld = true;
    return released;
  };
  await expireAccessToken(context);
  await comeBack(page);
  await expect.poll(() => isHeld).toBe(true);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  release();
  await page.waitForTimeout(1000);
  const names = (await context.cookies()).map(({ name }) => name);
  expect(names.filter((name) => /access|refresh|hint/.test(name))).toEqual([]);
  await page.goto(`${app.origin}/dashboard`);
  expect(new URL(page.url()).pathname).toBe("/login");
  proxy.close();
});

// bar 166
test("a 403, 429 or 503 of a call causes no refresh", async ({ page, context, app }) => {
  await openQuietDashboard(page, app.origin);
  const refreshes = countRequests(context, REFRESH);
  const calls = countRequests(context, SESSIONS);
  for (const [index, status] of [403, 429, 503].entries()) {
    await page.route(`**${SESSIONS}`, (route) => route.fulfill({ status, json: { detail: "No" } }));
    await comeBack(page);
    await expect.poll(() => calls.count).toBe(index + 1);
    await page.unroute(`**${SESSIONS}`);
  }
  await page.waitForTimeout(1000);
  expect([calls.count, refreshes.count]).toEqual([3, 0]);
});

// bar 166
test("a change asked for with an expired token is made once", async ({
  page,
  context,
  browser,
  app,
}) => {
  const username = await registerByForm(page, app.origin);
  const elsewhere = await browser.newContext();
  const phone = await elsewhere.newPage();
  await phone.goto(`${app.origin}/login`);
  await signInByForm(phone, username);
  await phone.waitForURL("**/dashboard");
  await page.reload();
  await page.waitForLoadState("networkidle");

  await expireAccessToken(context);
  const refreshes = countRequests(context, REFRESH);
  const statuses: number[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "DELETE") statuses.push(response.status());
  });
  await page.getByRole("button", { name: "End session" }).click();
  await expect(page.getByRole("button", { name: "End session" })).toHaveCount(0);
  expect(statuses).toEqual([401, 204]);
  expect(refreshes.count).toBe(1);
  await elsewhere.close();
});
