import type { BrowserContext, Page } from "@playwright/test";
import { sendEverything } from "./support/background-requests";
import { expect, test } from "./support/fixtures";
import type { Latchkey } from "./support/latchkey";
import { openOtherSite } from "./support/other-site";
import { PASSWORD, registerByApi, registerByForm } from "./support/people";

/** What the pages of somebody else can do with a browser that is signed in here: nothing. */

/** Two sites to a browser, and two origins of one site, which sends the cookies along with everything. */
const NEIGHBOURS = ["127.0.0.1", "localhost"] as const;

const ENDPOINTS = [
  "/api/auth/login",
  "/api/auth/register",
  "/api/auth/token",
  "/api/auth/refresh",
  "/api/auth/logout",
  "/api/auth/sessions/end-others",
  "/api/auth/sessions/x/end",
] as const;

const ENCODINGS = [
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/plain",
] as const;

/** What must be as it was: the cookies of the browser, and the sessions that the two people have. */
async function stateOf(app: Latchkey, context: BrowserContext, people: readonly string[]) {
  const sessions: unknown[] = [];
  for (const bearer of people) {
    const answer = await fetch(`${app.origin}/api/auth/sessions`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    sessions.push(((await answer.json()) as { id: string }[]).map(({ id }) => id).sort());
  }
  const cookies = (await context.cookies(app.origin)).map(({ name, value }) => `${name}=${value}`);
  return { sessions, cookies: cookies.sort() };
}

/** An access token of its own, by which to look at somebody's sessions from outside the browser. */
async function watcherOf(app: Latchkey, username: string): Promise<string> {
  const body = new URLSearchParams({ username, password: PASSWORD });
  const answer = await fetch(`${app.origin}/api/auth/token`, { method: "POST", body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function signedInVictim(page: Page, app: Latchkey) {
  const victim = await registerByForm(page, app.origin);
  const { username: attacker } = await registerByApi(app.origin);
  const watchers = [await watcherOf(app, victim), await watcherOf(app, attacker)];
  return { attacker, state: () => stateOf(app, page.context(), watchers) };
}

for (const host of NEIGHBOURS) {
  // bar 91, 95, 96
  test(`forms that a page of ${host} posts by itself open and end no session`, async ({
    page,
    app,
  }) => {
    const { attacker, state } = await signedInVictim(page, app);
    const before = await state();
    const evil = await openOtherSite(host);
    const fields = {
      username: attacker,
      password: PASSWORD,
      email: "a@b.example",
      everywhere: "true",
    };
    for (const endpoint of ENDPOINTS) {
      for (const encoding of ENCODINGS) {
        const inputs = Object.entries(fields).map(
          ([name, value]) => `<input name="${name}" value="${value}">`,
        );
        // as plain text this is JSON
        const json = JSON.stringify({ ...fields, "": "" }).slice(0, -2);
        const body =
          encoding === "text/plain" ? `<input name='${json}' value='"}'>` : inputs.join("");
        evil.html = `<form method="post" action="${app.origin}${endpoint}" enctype="${encoding}">
          ${body}</form><script>document.forms[0].submit()</script>`;
        const answer = page.waitForResponse(`${app.origin}${endpoint}`);
        await page.goto(evil.origin);
        expect([endpoint, encoding, (await answer).status()]).toEqual([endpoint, encoding, 403]);
      }
    }
    expect(await state()).toEqual(before);
    await page.goto(`${app.origin}/dashboard`);
    await expect(page.getByRole("heading", { name: /^Hello, / })).toBeVisible();
    evil.close();
  });

  // bar 96, 97, 100
  test(`requests that a page of ${host} sends in the background change and tell nothing`, async ({
    page,
    app,
  }) => {
    const { attacker, state } = await signedInVictim(page, app);
    const before = await state();
    const evil = await openOtherSite(host);
    evil.html = "<title>evil</title>";
    const refused = app.logs().split("malicious_csrf").length;
    await page.goto(evil.origin);
    const told = await page.evaluate(sendEverything, {
      origin: app.origin,
      endpoints: [...ENDPOINTS, "/api/users/me", "/api/auth/sessions", "/dashboard", "/login"],
      body: `username=${attacker}&password=${encodeURIComponent(PASSWORD)}`,
    });
    expect(told).toEqual([]);
    // they did arrive, and were told apart
    await expect
      .poll(() => app.logs().split("malicious_csrf").length - refused)
      .toBeGreaterThan(10);
    expect(await state()).toEqual(before);
    evil.close();
  });

  // bar 96, 97
  test(`a page of ${host} can neither frame nor hold a page of ours`, async ({ page, app }) => {
    const { state } = await signedInVictim(page, app);
    const before = await state();
    const evil = await openOtherSite(host);
    evil.html = `<iframe name="a" src="${app.origin}/dashboard"></iframe>
      <iframe name="b" src="${app.origin}/login"></iframe>
      <iframe name="c" src="${app.origin}/api/auth/logout"></iframe>
      <object data="${app.origin}/dashboard"></object>
      <a target="held" href="${app.origin}/dashboard">open</a>
      <button onclick="window.held = window.open('${app.origin}/dashboard')">hold</button>`;
    await page.goto(evil.origin);
    for (const name of ["a", "b", "c"]) {
      await expect.poll(() => page.frame({ name })?.url()).toMatch(/^chrome-error:/);
    }
    const popup = page.waitForEvent("popup");
    await page.getByRole("button").click();
    const held = await popup;
    // a visit is a visit: the visitor is signed in, and the page that opened it has lost hold of it
    await expect(held.getByRole("heading", { name: /^Hello, / })).toBeVisible();
    const isLost = () => page.evaluate(() => (window as { held?: Window | null }).held?.closed);
    await expect.poll(isLost).toBe(true);
    await held.close();
    await page.goto(`${app.origin}/api/auth/logout`);
    expect(await state()).toEqual(before);
    evil.close();
  });
}
