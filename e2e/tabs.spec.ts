import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { comeBack, countRequests, expireAccessToken, registerByForm } from "./support/people";

const REFRESH = "/api/auth/refresh";

/** Opens further tabs on the dashboard and waits until they are quiet. */
async function openTabs(context: BrowserContext, origin: string, count: number): Promise<Page[]> {
  const pages: Page[] = [];
  for (let opened = 0; opened < count; opened++) {
    const page = await context.newPage();
    await page.goto(`${origin}/dashboard`);
    await page.waitForLoadState("networkidle");
    pages.push(page);
  }
  return pages;
}

// bar 65, 160
test("five tabs that find their token expired together cause one refresh", async ({
  page,
  context,
  app,
}) => {
  await registerByForm(page, app.origin);
  const tabs = [page, ...(await openTabs(context, app.origin, 4))];
  const refreshes = countRequests(context, REFRESH);
  const renewedLists = tabs.map((tab) =>
    tab.waitForResponse(
      (response) => response.url().endsWith("/api/auth/sessions") && response.status() === 200,
    ),
  );
  await expireAccessToken(context);
  await Promise.all(tabs.map((tab) => comeBack(tab)));
  await Promise.all(renewedLists);
  expect(refreshes.count).toBe(1);
  for (const tab of tabs) expect(tab.url()).toBe(`${app.origin}/dashboard`);
});

test("five tabs left alone share each refresh, expiry after expiry", async ({
  page,
  context,
  start,
}) => {
  const app = await start({ ACCESS_TOKEN_SECONDS: "5" });
  await registerByForm(page, app.origin);
  const tabs = [page, ...(await openTabs(context, app.origin, 4))];
  const refreshes = countRequests(context, REFRESH);
  await page.waitForTimeout(20_000);
  // one every four seconds or so, not five times that
  expect(refreshes.count).toBeGreaterThanOrEqual(3);
  expect(refreshes.count).toBeLessThanOrEqual(7);
  for (const tab of tabs) {
    expect(tab.url()).toBe(`${app.origin}/dashboard`);
    await expect(tab.getByRole("heading", { level: 1, name: /^Hello/ })).toBeVisible();
  }
});

// bar 160
test("signing out in one tab shows in the others within a second", async ({
  page,
  context,
  app,
}) => {
  await registerByForm(page, app.origin);
  const others = await openTabs(context, app.origin, 2);
  await page.getByRole("button", { name: "Sign out" }).click();
  await Promise.all(
    others.map((tab) => tab.waitForURL("**/login?reason=signed_out", { timeout: 3000 })),
  );
});

// bar 77
test("signing in as somebody else leaves no tab showing the first one", async ({
  page,
  context,
  app,
}) => {
  const first = await registerByForm(page, app.origin);
  const other = await context.newPage();
  await other.goto(`${app.origin}/dashboard`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await Promise.all([page, other].map((tab) => tab.waitForURL("**/login**")));
  const second = await registerByForm(page, app.origin);
  // the other tab follows by itself
  await other.waitForURL("**/dashboard");
  for (const tab of [page, other]) {
    await expect(tab.getByText(`${second}@example.com`)).toBeVisible();
    await expect(tab.getByText(`${first}@example.com`)).toHaveCount(0);
  }
});
