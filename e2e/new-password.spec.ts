import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { PASSWORD, registerByForm } from "./support/people";

/** Stands in the list of leaked passwords, and nowhere else in what browsers load. */
const LISTED = "A123456Apassword";

/** Until the lists are there, on a busy machine. */
const LOADING_MILLISECONDS = 20_000;

const input = (page: Page) => page.locator("input[name=password]");
const advice = (page: Page) => page.locator("form").getByRole("status").filter({ hasText: /\S/ });

/** Loads what scripts the page has asked for so far once more, and tells which of them hold the lists. */
async function scriptsWithLists(page: Page): Promise<number> {
  const urls = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => name.includes("/_next/") && name.includes(".js")),
  );
  expect(urls).not.toEqual([]);
  const texts = await Promise.all(
    [...new Set(urls)].map(async (url) => (await page.request.get(url)).text()),
  );
  return texts.filter((text) => text.includes(LISTED)).length;
}

test("the strength of a new password is said while it is typed, and nothing moves", async ({
  page,
  app,
}) => {
  await page.goto(`${app.origin}/register`);
  const submit = page.getByRole("button", { name: "Create account" });
  await page.locator("input[name=username]").fill("zorkmid");
  const before = await submit.boundingBox();
  const said: [typed: string, text: RegExp][] = [
    ["k3J9x", /Too short: at least 8/],
    ["password1", /Among the first that anybody would try/],
    ["zorkmid2026", /Too close to your name or address/],
    ["abcabcabcabc", /Too easy to guess/],
    ["k3J9x!Qz", /Fair/],
    [PASSWORD, /Strong/],
  ];
  for (const [typed, text] of said) {
    await input(page).fill(typed);
    await expect(advice(page)).toHaveText(text, { timeout: LOADING_MILLISECONDS });
  }
  expect(await submit.boundingBox()).toEqual(before);
  await input(page).fill("");
  await expect(advice(page)).toHaveCount(0);
});

test("its lists are loaded when somebody is about to choose a password, and not before", async ({
  page,
  app,
}) => {
  await page.goto(`${app.origin}/login`, { waitUntil: "networkidle" });
  await input(page).pressSequentially("password1");
  await page.waitForLoadState("networkidle");
  expect(await scriptsWithLists(page)).toBe(0);

  await page.goto(`${app.origin}/register`, { waitUntil: "networkidle" });
  await page.locator("input[name=username]").fill("zorkmid");
  expect(await scriptsWithLists(page)).toBe(0);
  await input(page).focus();
  await expect.poll(() => scriptsWithLists(page), { timeout: LOADING_MILLISECONDS }).toBe(1);
});

test("where the lists cannot be loaded the server says it, beside the field", async ({
  page,
  app,
}) => {
  await page.goto(`${app.origin}/register`, { waitUntil: "networkidle" });
  await page.route("**/_next/**", (route) => route.abort());
  await page.locator("input[name=username]").fill("unlisted");
  await page.locator("input[name=email]").fill("unlisted@mail.example");
  await input(page).fill("password1");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(input(page)).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#password-note")).toContainText("Among the first");
  await expect(advice(page)).toHaveCount(0);
  await input(page).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/dashboard");
});

// bar 8
test("the length that the operator asks for is said, shown and kept", async ({ page, start }) => {
  const app = await start({ PASSWORD_MIN_LENGTH: "15" });
  const register = (username: string, password: string) =>
    page.request.post(`${app.origin}/api/auth/register`, {
      data: { username, email: `${username}@mail.example`, password },
    });
  expect((await register("fourteen", "k3J9x!Qz7vTm2W")).status()).toBe(422);
  expect((await register("fifteen", "k3J9x!Qz7vTm2Wd")).status()).toBe(201);
  await page.context().clearCookies();

  await page.goto(`${app.origin}/register`);
  await expect(page.locator("#password-note")).toHaveText("At least 15 characters");
  await input(page).fill("k3J9x!Qz7vTm2W");
  await expect(advice(page)).toHaveText("Too short: at least 15 characters", {
    timeout: LOADING_MILLISECONDS,
  });
});

test("without JavaScript the reason comes back beside the field", async ({ app, browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${app.origin}/register`);
  await page.locator("input[name=username]").fill("plain-form");
  await page.locator("input[name=email]").fill("plain-form@mail.example");
  await input(page).fill("plain-form2026");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.locator("#password-note")).toContainText("Too close to your name or address");
  await expect(input(page)).toHaveValue("");
  await input(page).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/dashboard");
  await context.close();
});

// bar 19
test("a password can be pasted and filled in by a program, and is sent as it is", async ({
  page,
  app,
  context,
}) => {
  const username = await registerByForm(page, app.origin);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: app.origin });
  await expect(page.locator("input[name=password][autocomplete=current-password]")).toHaveCount(1);
  await page.locator("input[name=username][autocomplete=username]").fill(username);
  await page.evaluate((text) => navigator.clipboard.writeText(text), PASSWORD);
  await input(page).focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(input(page)).toHaveValue(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/dashboard");
});
