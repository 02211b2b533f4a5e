import { randomUUID } from "node:crypto";
import { rawRequest } from "../lib/launch/testing/raw-request";
import { expect, test } from "./support/fixtures";
import { PASSWORD, registerByForm, signInByForm } from "./support/people";

/** What a server says to one browser and its cookies, and to who only claims to be it. */

const ACCESS = "__Host-access_token";
const REFRESH = "__Host-refresh_token";

/** A newcomer's cookies, kept by hand. */
async function newcomer(origin: string) {
  const username = `user-${randomUUID().slice(0, 8)}`;
  const jar = new Map<string, string>();
  const send = async (path: string, json: object | null) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { cookie, ...(json && { "content-type": "application/json" }) };
    const body = json && JSON.stringify(json);
    const response = await fetch(`${origin}${path}`, { method: "POST", headers, body });
    for (const set of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=");
      jar.set(name, value);
    }
    return response;
  };
  const account = { username, email: `${username}@example.com`, password: PASSWORD };
  await send("/api/auth/register", account);
  return { username, jar, send };
}

// bar 87
test("a page accepts the token that was just replaced, and sets no cookie", async ({ app }) => {
  const { username, jar, send } = await newcomer(app.origin);
  const replaced = jar.get(REFRESH);
  expect((await send("/api/auth/refresh", null)).status).toBe(200);
  expect(jar.get(REFRESH)).not.toBe(replaced);
  const headers = { cookie: `${REFRESH}=${replaced}` };
  const page = await fetch(`${app.origin}/dashboard`, { headers, redirect: "manual" });
  expect([page.status, page.headers.getSetCookie()]).toEqual([200, []]);
  expect(await page.text()).toContain(`${username}@example.com`);
  // looking changed nothing: the successor is still the current one
  expect((await send("/api/auth/refresh", null)).status).toBe(200);
});

// bar 57
test("no page holds a token, signed in or not", async ({ app }) => {
  const { jar } = await newcomer(app.origin);
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  for (const path of ["/", "/login", "/register", "/dashboard", "/nothing-here"]) {
    for (const more of [{}, { RSC: "1" }] as Record<string, string>[]) {
      const page = await fetch(`${app.origin}${path}`, { headers: { cookie, ...more } });
      const html = await page.text();
      for (const name of [ACCESS, REFRESH]) expect(html).not.toContain(jar.get(name));
    }
  }
});

// bar 51
test("of two Authorization headers the second never counts", async ({ app }) => {
  const { jar } = await newcomer(app.origin);
  const port = Number(new URL(app.origin).port);
  const ask = async (...values: (string | undefined)[]) => {
    const lines = values.map((value) => `Authorization: ${value}\r\n`).join("");
    const target = `/api/users/me?access_token=${jar.get(ACCESS)}`;
    const head = `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines}\r\n`;
    return (await rawRequest(port, head)).split("\r\n")[0];
  };
  const good = `Bearer ${jar.get(ACCESS)}`;
  expect(await ask(good)).toMatch(/ 200 /);
  for (const first of ["Bearer garbage", "Bearer", "Basic eDp5", ""]) {
    expect(await ask(first, good)).toMatch(/ 40[01] /);
  }
  expect(await ask()).toMatch(/ 401 /);
});

// bar 50
test("a token in a URL opens nothing and is in no log", async ({ start }) => {
  const app = await start({ LOG_LEVEL: "trace" });
  const { jar } = await newcomer(app.origin);
  for (const name of [ACCESS, REFRESH]) {
    for (const path of ["/api/users/me", "/api/auth/sessions", "/dashboard", "/api/nothing"]) {
      const url = `${app.origin}${path}?access_token=${jar.get(name)}&refresh_token=${jar.get(name)}`;
      const response = await fetch(url, { redirect: "manual" });
      expect([307, 401, 404]).toContain(response.status);
    }
  }
  await expect.poll(() => app.logs()).toContain('"event":"user_created"');
  for (const name of [ACCESS, REFRESH]) expect(app.logs()).not.toContain(jar.get(name));
});

// bar 18
test("a fresh server has no account and no way in for tests", async ({ start }) => {
  const app = await start({ RATE_LIMITS: "off" });
  const defaults = ["admin", "root", "administrator", "test", "user", "latchkey", "johndoe"];
  for (const username of [...defaults, "admin@localhost", "john@example.com"]) {
    for (const password of [username, "password"]) {
      const body = new URLSearchParams({ username, password });
      const answer = await fetch(`${app.origin}/api/auth/login`, { method: "POST", body });
      expect([username, answer.status]).toEqual([username, 401]);
    }
  }
  for (const path of [
    "test",
    "tests",
    "debug",
    "dev",
    "seed",
    "admin",
    "auth/test",
    "auth/debug",
  ]) {
    for (const method of ["GET", "POST"]) {
      const answer = await fetch(`${app.origin}/api/${path}`, { method });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  }
});

// bar 77
test("signing in as somebody else on top of a session shows that one, and ends the first", async ({
  page,
  context,
  browser,
  app,
}) => {
  const { username: second } = await newcomer(app.origin);
  const first = await registerByForm(page, app.origin);
  // its script would follow the cookies that go, and cross our own way
  await page.goto("about:blank");
  const copy = await browser.newContext();
  await copy.addCookies(await context.cookies());
  // The login page sends on who is signed in, so this is a tab that was opened before; and its script gets back a session
  // of which it finds the hint, so there is none.
  const kept = (await context.cookies()).filter(({ name }) => name === REFRESH);
  expect(kept).toHaveLength(1);
  await context.clearCookies();
  await page.goto(`${app.origin}/login`);
  await context.addCookies(kept);
  await signInByForm(page, second);
  await page.waitForURL("**/dashboard");
  await expect(page.getByText(`${second}@example.com`)).toBeVisible();
  await expect(page.getByText(`${first}@example.com`)).toHaveCount(0);

  const old = await copy.newPage();
  await old.goto(`${app.origin}/dashboard`);
  expect(new URL(old.url()).pathname).toBe("/login");
  await copy.close();
});
