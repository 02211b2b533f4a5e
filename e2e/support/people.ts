import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";

export const PASSWORD = "correct horse battery";

/** Makes an account by the form, as a newcomer does, and waits for the dashboard; the user name. */
export async function registerByForm(page: Page, origin: string, { remember = true } = {}) {
  const username = `user-${randomUUID().slice(0, 8)}`;
  await page.goto(`${origin}/register`);
  await page.locator("input[name=username]").fill(username);
  await page.locator("input[name=email]").fill(`${username}@example.com`);
  await page.locator("input[name=password]").fill(PASSWORD);
  if (remember) await page.locator("input[name=remember]").check();
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("**/dashboard");
  return username;
}

/** A newcomer's dashboard that has asked all that it asks by itself; the user name. */
export async function openQuietDashboard(page: Page, origin: string): Promise<string> {
  const username = await registerByForm(page, origin);
  await page.waitForLoadState("networkidle");
  return username;
}

/** Signs in by the form on the page that is open. */
export async function signInByForm(page: Page, username: string, password = PASSWORD) {
  await page.locator("input[name=username]").fill(username);
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** As if the access token had just run out: the browser drops its cookie at that moment. */
export async function expireAccessToken(context: BrowserContext) {
  await context.clearCookies({ name: "__Host-access_token" });
}

/** Counts the requests of a browser to one path from now on. */
export function countRequests(context: BrowserContext, path: string) {
  const seen: string[] = [];
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === path) seen.push(request.method());
  });
  return {
    get count() {
      return seen.length;
    },
  };
}

/** What a page does whenever somebody comes back to it: the dashboard asks for its list anew. */
export async function comeBack(page: Page, times = 1) {
  await page.evaluate((count) => {
    for (let time = 0; time < count; time++) window.dispatchEvent(new Event("focus"));
  }, times);
}

/** Makes an account without a browser, with these headers beside the usual ones; its cookies as one `Cookie` header, and the values of its tokens. */
export async function registerByApi(origin: string, headers: Record<string, string> = {}) {
  const username = `user-${randomUUID().slice(0, 8)}`;
  const made = await fetch(`${origin}/api/auth/register`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ username, email: `${username}@example.com`, password: PASSWORD }),
  });
  if (made.status !== 201) throw new Error(`register answered ${made.status}`);
  const cookies = made.headers.getSetCookie().map((each) => each.split(";")[0] ?? "");
  const valueNamed = (name: string) =>
    cookies.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
  return {
    username,
    cookie: cookies.join("; "),
    accessToken: valueNamed("__Host-access_token"),
    refreshToken: valueNamed("__Host-refresh_token"),
  };
}
