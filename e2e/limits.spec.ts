import { randomUUID } from "node:crypto";
import { newDatabase, type TestDatabase } from "../lib/db/testing/test-database";
import { expect, test } from "./support/fixtures";
import { type Latchkey, startLatchkey } from "./support/latchkey";
import { PASSWORD, registerByApi, registerByForm, signInByForm } from "./support/people";

/** Limits as a client meets them: by the address that the server takes for his. */

const WRONG = "wrong password";

const signIn = (app: Latchkey, username: string, password: string, headers = {}) =>
  fetch(`${app.origin}/api/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ username, password }),
  });

const via = (address: string) => ({ "X-Forwarded-For": address });

const newcomer = async (app: Latchkey) =>
  (await registerByApi(app.origin, via("192.0.2.200"))).username;

/** Guesses at one account after another until an address is closed; after how many. */
async function spray(app: Latchkey, headersOf: (guess: number) => Record<string, string>) {
  const names = randomUUID().slice(0, 8);
  for (let guess = 0; guess < 40; guess++) {
    const { status } = await signIn(app, `${names}-${guess}`, WRONG, headersOf(guess));
    if (status === 429) return guess;
    expect(status).toBe(401);
  }
  return Number.POSITIVE_INFINITY;
}

test.describe("behind a proxy of ours", () => {
  let own: TestDatabase;
  let app: Latchkey;
  test.beforeAll(async ({ database }) => {
    own = await newDatabase(database);
    app = await startLatchkey({ DATABASE_URL: own.url, TRUST_PROXY_HOPS: "1" });
  });
  test.afterAll(async () => {
    await app.discard();
    await own.remove();
  });

  // bar 136
  test("of 40 guesses at one account from 40 addresses ten are tried, and the rest must wait", async () => {
    const username = await newcomer(app);
    const guesses = Array.from({ length: 40 }, (_, each) =>
      signIn(app, username, WRONG, via(`203.0.113.${each + 1}`)),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    const right = await signIn(app, username, PASSWORD, via("192.0.2.1"));
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    expect(right.status).toBe(429);
  });

  // bar 139
  test("only the address that it wrote counts, whatever stands before it", async () => {
    expect(await spray(app, (guess) => via(`9.9.9.${guess}, 198.51.100.7`))).toBe(20);
    expect((await signIn(app, "nobody", WRONG, via("198.51.100.8"))).status).toBe(401);
  });

  // bar 140
  test("all addresses of one /64 count as one, and so do all spellings of one address", async () => {
    const spellings = [
      "2001:db8:1:2::1",
      "2001:DB8:1:2:0:0:0:1",
      "2001:0db8:0001:0002::ffff",
      "2001:db8:1:2:ffff:ffff:ffff:ffff",
      "[2001:db8:1:2::2]:443",
    ];
    expect(await spray(app, (guess) => via(spellings[guess % spellings.length] ?? ""))).toBe(20);
    expect((await signIn(app, "nobody", WRONG, via("2001:db8:1:3::1"))).status).toBe(401);
    const mapped = ["::ffff:198.51.100.9", "198.51.100.9", "::FFFF:c633:6409"];
    expect(await spray(app, (guess) => via(mapped[guess % mapped.length] ?? ""))).toBe(20);
  });

  // bar 145
  test("who comes past the proxies, with no address to tell, is limited by account all the same", async () => {
    const username = await newcomer(app);
    const guesses = Array.from({ length: 30 }, () => signIn(app, username, WRONG));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  });
});

// bar 139
test("no header of a client's makes it another client", async ({ start }) => {
  const app = await start();
  const names = [
    "X-Forwarded-For",
    "X-Real-IP",
    "Forwarded",
    "CF-Connecting-IP",
    "True-Client-IP",
    "X-Client-IP",
  ];
  const tried = await spray(app, (guess) =>
    Object.fromEntries(
      names.map((name) => [name, name === "Forwarded" ? `for=9.9.9.${guess}` : `9.9.9.${guess}`]),
    ),
  );
  expect(tried).toBe(20);
});

test("the form says how long to wait, and a browser that knows its user is let in", async ({
  browser,
  start,
}) => {
  const app = await start();
  const own = await browser.newContext();
  const page = await own.newPage();
  const username = await registerByForm(page, app.origin);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/login**");

  const strange = await browser.newContext();
  const stranger = await strange.newPage();
  await stranger.goto(`${app.origin}/login`);
  await stranger.waitForLoadState("networkidle");
  await stranger.locator("input[name=username]").fill(username);
  await stranger.locator("input[name=password]").fill(PASSWORD);
  await Promise.all(Array.from({ length: 12 }, () => signIn(app, username, WRONG)));
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger.getByText(/Too many attempts\. Try again in .+ seconds?\./)).toBeVisible();

  await signInByForm(page, username);
  await page.waitForURL("**/dashboard");
  await Promise.all([own.close(), strange.close()]);
});
