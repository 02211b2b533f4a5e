import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { BROWSER_ARGUMENTS, findBrowser } from "./support/browser";
import { expect, test } from "./support/fixtures";
import { startBehindLossyProxy } from "./support/lossy-proxy";
import { countRequests, registerByForm } from "./support/people";

const REFRESH = "/api/auth/refresh";

test("a browser that lost the answer to a refresh and was closed comes back signed in", async ({
  start,
}) => {
  const { app, proxy } = await startBehindLossyProxy(start, {
    ACCESS_TOKEN_SECONDS: "5",
    REFRESH_GRACE_SECONDS: "1",
  });
  const profile = mkdtempSync(join(tmpdir(), "latchkey-profile-"));
  const executablePath = findBrowser();
  const open = () =>
    chromium.launchPersistentContext(profile, {
      args: [...BROWSER_ARGUMENTS],
      ...(executablePath !== null && { executablePath }),
    });

  const before = await open();
  const page = await before.newPage();
  const username = await registerByForm(page, app.origin, { remember: true });
  proxy.losing = (path) => path === REFRESH;
  await expect.poll(() => proxy.lost, { timeout: 15_000 }).toBeGreaterThan(0);
  await before.close();
  proxy.losing = () => false;
  // past the grace: from now on only the attempt that the browser wrote down may have the answer
  await new Promise((resolve) => setTimeout(resolve, 1500));

  const after = await open();
  const cookie = (await after.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const resumePage = await fetch(`${app.origin}/dashboard`, { headers: { cookie } });
  expect([resumePage.status, resumePage.headers.getSetCookie()]).toEqual([200, []]);
  const html = await resumePage.text();
  expect(html).toContain("Restoring your session");
  expect(html).not.toContain(username);

  const refreshes = countRequests(after, REFRESH);
  const again = await after.newPage();
  await again.goto(`${app.origin}/dashboard`);
  await expect(again.getByText(`${username}@example.com`)).toBeVisible();
  expect(again.url()).toBe(`${app.origin}/dashboard`);
  expect(refreshes.count).toBeLessThanOrEqual(2);
  await after.close();
  proxy.close();
  rmSync(profile, { recursive: true, force: true });
});

// bar F26
test("tabs whose answers are lost every now and then stay signed in, and no alarm is raised", async ({
  page,
  context,
  start,
}) => {
  const { app, proxy } = await startBehindLossyProxy(start, { ACCESS_TOKEN_SECONDS: "5" });
  await registerByForm(page, app.origin);
  const second = await context.newPage();
  await second.goto(`${app.origin}/dashboard`);
  let asked = 0;
  proxy.losing = (path) => {
    if (path !== REFRESH) return false;
    asked += 1;
    return asked % 3 === 1;
  };
  await page.waitForTimeout(25_000);
  expect(proxy.lost).toBeGreaterThanOrEqual(2);
  for (const tab of [page, second]) expect(tab.url()).toBe(`${app.origin}/dashboard`);
  expect(app.logs()).not.toContain("authn_token_reuse");
  proxy.close();
});
