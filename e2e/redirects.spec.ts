import { astray } from "../lib/http/testing/astray";
import { expect, test } from "./support/fixtures";
import { PASSWORD, registerByApi, registerByForm } from "./support/people";
import { send } from "./support/send";

/** Where people end up who follow a link to us with a `next` that somebody else wrote. */

/** One in so many of the values, of every family. */
const some = (step: number) => astray().filter((_, index) => index % step === 0);

/** Those that everybody knows. */
const KNOWN = [
  "//evil.example",
  "/\\evil.example",
  "/.//evil.example",
  "/%09/evil.example",
  "/\t/evil.example",
  "https:evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "//localhost@evil.example",
  "/%2f%2fevil.example",
  "/%5cevil.example",
  "/dashboard/..//evil.example",
];

// bar 106
test("a signed-in visitor of the login page stays here, whatever next says", async ({
  page,
  app,
}) => {
  await registerByForm(page, app.origin);
  for (const next of [...KNOWN, ...some(3001)]) {
    await page.goto(`${app.origin}/login?next=${encodeURIComponent(next)}`);
    expect(new URL(page.url()).origin, next).toBe(app.origin);
    expect(new URL(page.url()).pathname, next).not.toBe("/login");
  }
});

// bar 106
test("who signs in by a link with such a next stays here, with and without scripts", async ({
  browser,
  app,
}) => {
  const { username } = await registerByApi(app.origin);
  for (const javaScriptEnabled of [true, false]) {
    for (const next of KNOWN.slice(0, 3)) {
      const context = await browser.newContext({ javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(`${app.origin}/login?next=${encodeURIComponent(next)}`);
      const hidden = await page.locator("input[name=next]").inputValue();
      expect(new URL(hidden, page.url()).origin).toBe(app.origin);
      // a page that somebody saved and changed
      await page.locator("input[name=next]").evaluate((input, value) => {
        (input as HTMLInputElement).value = value;
      }, next);
      await page.locator("input[name=username]").fill(username);
      await page.locator("input[name=password]").fill(PASSWORD);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL((url) => url.pathname !== "/login");
      expect(new URL(page.url()).origin, next).toBe(app.origin);
      await context.close();
    }
  }
});

// bar 106
test("no path that is asked for as such leads elsewhere, by any redirect", async ({ app }) => {
  const asked = some(23)
    .map((value) => value.replace(/[^\x21-\x7e]/g, (each) => encodeURIComponent(each)))
    .filter((value) => value.startsWith("/"));
  expect(asked.length).toBeGreaterThan(100);
  for (const path of asked.flatMap((each) => [each, `/dashboard${each}`])) {
    const { status, headers } = await send(app.origin, path);
    expect(status, path).toBeLessThan(500);
    expect(headers.refresh, path).toBeUndefined();
    const location = headers.location ?? "/";
    expect(location, path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
    const next = new URL(location, app.origin).searchParams.get("next") ?? "/";
    expect(new URL(next, app.origin).origin, path).toBe(app.origin);
  }
});

// bar 107
test("a next that is odd or unreadable is no reason to fail", async ({ app }) => {
  for (const [query, hidden] of [
    ["next=/%E4%B8%AD%E6%96%87?x=%C3%A9", "/%E4%B8%AD%E6%96%87?x=%C3%A9"],
    [`next=/${"a".repeat(8000)}`, "/dashboard"],
    ["next=/account&next=//evil.example", "/dashboard"],
    ["next[]=/account", "/dashboard"],
    ["next[a]=/account", "/dashboard"],
    ["next=/%25zz", "/%zz"],
    ["next=/%zz", "/%zz"],
    ["next=%ff", "/dashboard"],
    ["next=%00", "/dashboard"],
    ["next", "/dashboard"],
  ] as const) {
    const { status, body } = await send(app.origin, `/login?${query}`);
    expect(status, query).toBe(200);
    expect(/name="next" value="([^"]*)"/.exec(body)?.[1], query).toBe(hidden);
  }
});
