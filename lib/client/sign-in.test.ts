import { expect, test } from "vitest";
import { PATHS } from "@/lib/contract";
import { FakeBrowser, publicPage } from "./testing/fake-browser";
import { person } from "./testing/fake-server";

const jane = { username: "jane", password: "correct horse" };

test("login signs the tab in and keeps the session alive from there", async () => {
  const browser = new FakeBrowser();
  const { auth } = browser.open(publicPage());
  const outcome = auth.login(jane);
  await browser.time.pass(100);
  expect(await outcome).toEqual({ ok: true, user: person("jane") });
  expect(auth.state()).toEqual({ status: "authenticated", user: person("jane"), trouble: null });
  await browser.time.pass(721_000);
  expect(browser.server.refreshes).toBe(1);
});

test("register signs in, although it does not say for how long", async () => {
  const browser = new FakeBrowser();
  const { auth } = browser.open(publicPage());
  const outcome = auth.register({ ...jane, email: "jane@example.com" });
  await browser.time.pass(100);
  expect(await outcome).toMatchObject({ ok: true });
  browser.expireAccess();
  const call = auth.fetch("/api/notes");
  await browser.time.pass(100);
  expect((await call).status).toBe(200);
});

test("a refused login says why and changes nothing", async () => {
  const browser = new FakeBrowser();
  const { auth } = browser.open(publicPage());
  const outcome = auth.login({ ...jane, username: "wrong" });
  await browser.time.pass(100);
  expect(await outcome).toEqual({
    ok: false,
    status: 401,
    error: { detail: "No", error: "invalid_grant" },
    retryAfterSeconds: null,
  });
  expect(auth.state()?.status).toBe("unauthenticated");
});

test.each([
  ["a 429 with its wait", json(429, "rate_limited", "17"), 429, "rate_limited", 17],
  [
    "a 503 of a proxy",
    new Response("<h1>Bad gateway</h1>", { status: 503 }),
    503,
    "unavailable",
    null,
  ],
  [
    "a wait given as a date",
    json(503, "unavailable", "Sun, 01 Nov 2026 08:00:00 GMT"),
    503,
    "unavailable",
    null,
  ],
  ["a network failure", "unsent", 0, "network", null],
  ["a 200 of a hotel's network", new Response("<h1>Welcome</h1>"), 0, "network", null],
] as const)("%s becomes an outcome", async (_, fate, status, error, retryAfterSeconds) => {
  const browser = new FakeBrowser();
  browser.network.fate = () => fate;
  const { auth } = browser.open(publicPage());
  const outcome = auth.login(jane);
  await browser.time.pass(100);
  expect(await outcome).toMatchObject({ ok: false, status, error: { error }, retryAfterSeconds });
});

test("a login that nobody answers is given up after half a minute", async () => {
  const browser = new FakeBrowser();
  browser.network.fate = () => "silence";
  const outcome = browser.open(publicPage()).auth.login(jane);
  await browser.time.pass(30_100);
  expect(await outcome).toMatchObject({ ok: false, status: 0 });
});

test.each([
  ["a browser", new FakeBrowser()],
  ["a browser with an old session", new FakeBrowser().signIn()],
])("%s that does not keep cookies is told at login", async (_, browser) => {
  browser.keepsCookies = false;
  const { auth } = browser.open(publicPage());
  const outcome = auth.login(jane);
  await browser.time.pass(30);
  expect(await outcome).toMatchObject({ ok: false, error: { error: "cookies_refused" } });
  expect(auth.state()).toMatchObject({ user: null, trouble: "cookies" });
});

// bar 165
test("login gives up the refresh on its way, whose late answer counts for nothing", async () => {
  const browser = new FakeBrowser().signIn();
  const { auth } = browser.open(publicPage());
  await browser.time.pass(15);
  const outcome = auth.login(jane);
  await browser.time.pass(100);
  expect(await outcome).toMatchObject({ ok: true });
  expect(auth.state()?.user).toEqual(person("jane"));
  expect(browser.jar.refresh?.session).toBe("00000002");
});

test("a login that fails lets the question go on that it interrupted", async () => {
  const browser = new FakeBrowser().signIn();
  const { auth } = browser.open(publicPage());
  await browser.time.pass(5);
  browser.network.fate = (path) => (path === PATHS.login ? "unsent" : "delivered");
  const outcome = auth.login(jane);
  await browser.time.pass(100);
  expect(await outcome).toMatchObject({ ok: false });
  expect(auth.state()?.user?.username).toBe("john");
});

function json(status: number, error: string, retryAfter: string): Response {
  const headers = { "Retry-After": retryAfter };
  return Response.json({ detail: "No", error }, { status, headers });
}
