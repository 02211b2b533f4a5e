import { expect, test } from "./support/fixtures";
import { PASSWORD, signInByForm } from "./support/people";

test.use({ javaScriptEnabled: false });

test("without JavaScript: register, dashboard, end a session, sign out, sign in", async ({
  page,
  app,
  browser,
}) => {
  await page.goto(`${app.origin}/register`);
  await page.locator("input[name=username]").fill("no-script");
  await page.locator("input[name=email]").fill("no-script@example.com");
  await page.locator("input[name=password]").fill("short");
  await page.getByRole("button", { name: "Create account" }).click();

  // back on the form with what was typed, and what is wrong beside the field
  await expect(page.locator("input[name=username]")).toHaveValue("no-script");
  await expect(page.locator("input[name=password]")).toHaveValue("");
  await expect(page.locator("input[name=password]")).toHaveAttribute("aria-invalid", "true");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(`${app.origin}/dashboard`);
  await expect(page.getByText("no-script@example.com")).toBeVisible();

  const other = await browser.newContext({ javaScriptEnabled: false });
  const elsewhere = await other.newPage();
  await elsewhere.goto(`${app.origin}/login?next=%2Fdashboard%3Ftab%3D2`);
  await signInByForm(elsewhere, "no-script", "wrong password");
  await expect(elsewhere.locator("input[name=username]")).toHaveValue("no-script");
  await signInByForm(elsewhere, "no-script");
  await expect(elsewhere).toHaveURL(`${app.origin}/dashboard?tab=2`);

  await page.reload();
  await page.getByRole("button", { name: "End session" }).click();
  await expect(page).toHaveURL(`${app.origin}/dashboard`);
  await expect(page.getByRole("button", { name: "End session" })).toHaveCount(0);
  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/login\?reason=ended/);
  await other.close();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${app.origin}/login?reason=signed_out`);
  await page.goto(`${app.origin}/dashboard`);
  await expect(page).toHaveURL(`${app.origin}/login?next=%2Fdashboard`);
});
