import { rename } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { expect, test } from "./support/fixtures";
import {
  expireAccessToken,
  openQuietDashboard,
  registerByForm,
  signInByForm,
} from "./support/people";

/** The pages in a browser that holds them to their content security policy. */

// most of these start a server and walk through many pages
test.setTimeout(120_000);

/** What the browser refused or could not run on a page from now on. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // statuses are not meant here, and browsers differ in the permissions they know
    const isOther = /^Failed to load resource|Unrecognized feature/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !isOther) complaints.push(message.text());
  });
  return complaints;
}

/** Only a script that ran can do this. */
async function expectScriptsRun(page: Page) {
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(page.locator("input[name=password]")).toHaveAttribute("type", "text");
}

// bar 103
test("no page does what its policy forbids", async ({ page, start }) => {
  const app = await start();
  const complaints = complaintsOf(page);
  await page.goto(`${app.origin}/`);
  for (const path of ["/login", "/register"]) {
    await page.goto(`${app.origin}${path}`);
    await expectScriptsRun(page);
  }
  const username = await openQuietDashboard(page, app.origin);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  await signInByForm(page, username, "wrong password");
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await signInByForm(page, username);
  await page.waitForURL("**/dashboard");

  await page.goto(`${app.origin}/nope`);
  await expect(page.getByRole("heading", { name: "There is no page here" })).toBeVisible();

  const file = app.databaseUrl.replace("file:", "");
  await rename(file, `${file}.away`);
  await page.goto(`${app.origin}/dashboard`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/cannot be reached/);
  await rename(`${file}.away`, file);
  expect(complaints).toEqual([]);
});

// bar 103
test("nor does a page that broke, and its button asks for the page once more", async ({
  page,
  start,
}) => {
  const app = await start();
  const complaints = complaintsOf(page);
  await registerByForm(page, app.origin);
  const database = await new PrismaBetterSqlite3({ url: app.databaseUrl }).connect();
  await database.executeScript("UPDATE user SET created_at = created_at + 9000000000000000");
  await page.goto(`${app.origin}/dashboard`);
  await expect(page.getByRole("heading", { name: "Something went wrong" })).toBeVisible();
  await database.executeScript("UPDATE user SET created_at = created_at - 9000000000000000");
  await database.dispose();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: /^Hello, / })).toBeVisible();
  expect(complaints.filter((each) => /policy|nonce/i.test(each))).toEqual([]);
});

// bar 103
test("nor does the page that restores a session", async ({ page, context, start }) => {
  const app = await start({ REFRESH_GRACE_SECONDS: "0" });
  const complaints = complaintsOf(page);
  await registerByForm(page, app.origin);
  await page.goto("about:blank");
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const headers = { cookie, "X-Refresh-Attempt": "another" };
  await fetch(`${app.origin}/api/auth/refresh`, { method: "POST", headers });
  await expireAccessToken(context);
  const restoring = page.getByRole("heading", { name: "Restoring your session" }).waitFor();
  await page.goto(`${app.origin}/dashboard`);
  await restoring;
  await page.waitForURL("**/login?**");
  expect(complaints).toEqual([]);
});

const SMUGGLED = `
  <script>window.ran = "a script"</script>
  <script src="/_next/static/x.js"></script>
  <script nonce="AAAAAAAAAAAAAAAAAAAAAA==">window.ran = "a script with a nonce of its own"</script>
  <img src="/icon.svg" onload="window.ran = 'a handler'">
  <img src="http://127.0.0.1:1/stolen" onerror="window.ran = 'a handler'">
  <style>h1 { display: none }</style>
  <base href="https://evil.test/">
  <iframe src="/login"></iframe>
  <object data="/icon.svg"></object>`;

// bar 103
test("what somebody smuggles into a page does not run", async ({ page, app }) => {
  const complaints = complaintsOf(page);
  await page.route(`${app.origin}/login`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("</body>", `${SMUGGLED}</body>`);
    await route.fulfill({ response, body });
  });
  await page.goto(`${app.origin}/login`);
  await expectScriptsRun(page);
  expect(await page.evaluate(() => [(window as { ran?: string }).ran, document.baseURI])).toEqual([
    undefined,
    `${app.origin}/login`,
  ]);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const thing of ["script", "event handler", "style", "base", "fram", "image", "plugin"]) {
    expect(complaints.join("\n").toLowerCase(), thing).toContain(thing);
  }
});
