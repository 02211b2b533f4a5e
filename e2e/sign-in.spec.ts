import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { PASSWORD, registerByForm, signInByForm } from "./support/people";

const dashboard = (page: Page) => page.getByRole("heading", { level: 1, name: /^Hello, / });

test("a person registers, signs out, signs in by address and sees who is signed in", async ({
  page,
  app,
}) => {
  const username = await registerByForm(page, app.origin);
  await expect(dashboard(page)).toBeVisible();
  await expect(page.getByText(`${username}@example.com`)).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login?reason=signed_out");
  await expect(page.getByText("You are signed out.")).toBeVisible();

  await signInByForm(page, `${username}@example.com`.toUpperCase());
  await page.waitForURL("**/dashboard");
  await expect(page.getByRole("listitem").filter({ hasText: "This device" })).toHaveCount(1);
});

// bar 120
test("somebody who asks for a protected page comes back to it after signing in", async ({
  page,
  app,
}) => {
  const username = await registerByForm(page, app.origin);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  await page.goto(`${app.origin}/dashboard?tab=2`);
  expect(new URL(page.url()).search).toBe("?next=%2Fdashboard%3Ftab%3D2");
  await signInByForm(page, username);
  await page.waitForURL("**/dashboard?tab=2");

  await page.goto(`${app.origin}/login?next=%2Fdashboard%3Ftab%3D3`);
  expect(page.url()).toBe(`${app.origin}/dashboard?tab=3`);
});

test("a wrong password is told beside the form, and what was typed stays", async ({
  page,
  app,
}) => {
  const username = await registerByForm(page, app.origin);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  await signInByForm(page, username, "wrong password");
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toBeVisible();
  await expect(page.locator("input[name=username]")).toHaveValue(username);
  expect(new URL(page.url()).pathname).toBe("/login");
});

// bar 110
test("after signing out the back button shows nothing", async ({ page, app }) => {
  const username = await registerByForm(page, app.origin);
  await page.goto(`${app.origin}/dashboard`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");
  await page.goBack();
  await expect(page.getByText(username)).toHaveCount(0);
  await page.waitForURL("**/login**");
  await expect(dashboard(page)).toHaveCount(0);
});

test("a session that another device ended says so on the login page", async ({
  page,
  app,
  browser,
}) => {
  const username = await registerByForm(page, app.origin);
  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(`${app.origin}/login`);
  await signInByForm(elsewhere, username);
  await elsewhere.waitForURL("**/dashboard");

  await elsewhere.getByRole("button", { name: "End session" }).click();
  await expect(elsewhere.getByRole("button", { name: "End session" })).toHaveCount(0);
  await page.goto(`${app.origin}/dashboard`);
  expect(new URL(page.url()).searchParams.get("reason")).toBe("ended");
  await expect(page.getByText("Your session on this device was ended.")).toBeVisible();
  await other.close();
});

// bar 57, 109
test("no script can read a token: not in cookies, storage, addresses, globals, pages or answers", async ({
  page,
  app,
  context,
}) => {
  await registerByForm(page, app.origin);
  const tokens = async () => {
    const cookies = (await context.cookies()).filter(({ name }) => /access|refresh/.test(name));
    expect(cookies).toHaveLength(2);
    for (const { httpOnly, secure, sameSite } of cookies) {
      expect({ httpOnly, secure, sameSite }).toEqual({
        httpOnly: true,
        secure: true,
        sameSite: "Lax",
      });
    }
    return cookies.map(({ value }) => value);
  };
  const before = await tokens();
  const seen = await page.evaluate(async () => {
    const asked = [
      ["POST", "/api/auth/refresh"],
      ["GET", "/api/users/me"],
      ["GET", "/api/auth/sessions"],
      ["GET", "/"],
      ["GET", "/login"],
      ["GET", "/register"],
      ["GET", "/dashboard"],
    ] as const;
    const answers: string[] = [];
    for (const [method, path] of asked) {
      const answer = await fetch(path, { method });
      answers.push(
        `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`,
      );
    }
    return {
      answers,
      reach: JSON.stringify([
        document.cookie,
        { ...localStorage },
        { ...sessionStorage },
        history.state,
        location.href,
        document.documentElement.outerHTML,
        performance.getEntries(),
      ]),
      stores: [...(await indexedDB.databases()), ...(await caches.keys())],
      globals: Object.keys(window).filter((name) => /token/i.test(name)),
    };
  });
  const after = await tokens();
  expect(seen.answers.map((each) => each.slice(0, 3))).toEqual(Array(7).fill("200"));
  expect(before).not.toContain(after[1]);
  for (const token of [...before, ...after]) {
    expect(seen.answers.join()).not.toContain(token);
    expect(seen.reach).not.toContain(token);
  }
  expect([seen.stores, seen.globals]).toEqual([[], []]);
});

// bar 19
test("every page is free of serious accessibility faults, light and dark", async ({
  page,
  app,
}) => {
  const check = async (path: string) => {
    await page.goto(`${app.origin}${path}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === "serious" || impact === "critical",
    );
    expect(serious.map(({ id, nodes }) => [path, id, nodes.length])).toEqual([]);
  };
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ["/", "/login?error=invalid_grant", "/register", "/nothing-here"]) {
      await check(path);
    }
  }
  await registerByForm(page, app.origin);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await check("/dashboard");
  }
});

test("password managers and keyboards find what they expect", async ({ page, app }) => {
  await page.goto(`${app.origin}/login`);
  await expect(page.locator("input[name=username][autocomplete=username]")).toHaveCount(1);
  const password = page.locator("input[name=password][autocomplete=current-password]");
  await expect(password).toHaveAttribute("type", "password");
  const show = page.locator("button[type=button]", { hasText: "Show" });
  await password.fill(PASSWORD);
  await show.click();
  await expect(password).toHaveAttribute("type", "text");

  await page.goto(`${app.origin}/register`);
  await expect(page.locator("input[type=email][autocomplete=email]")).toHaveCount(1);
  await expect(page.locator("input[name=password][autocomplete=new-password]")).toHaveCount(1);
});

test("the keyhole is whole and nothing overflows at any width", async ({ page, app }) => {
  await page.goto(`${app.origin}/login`);
  const plate = page.locator("svg circle.fill-brass-shade").first();
  for (const width of [320, 360, 768, 1000, 1023, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 700 });
    const band = await plate.locator("xpath=ancestor::div[1]").boundingBox();
    const box = await plate.boundingBox();
    if (band === null || box === null) throw new Error("there is no door");
    expect(box.y, `top at ${width}`).toBeGreaterThanOrEqual(band.y);
    expect(box.y + box.height, `foot at ${width}`).toBeLessThanOrEqual(band.y + band.height);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `overflow at ${width}`).toBe(0);
  }
});
