import { expect, test, vi } from "vitest";
import { FakeBrowser, guardedPage, john } from "./testing/fake-browser";

const signedIn = { status: "authenticated", user: john, trouble: null };

test("tokens are renewed at about 80 % of their life, again and again", async () => {
  const browser = new FakeBrowser().signIn();
  browser.open();
  await browser.time.pass(719_000);
  expect(browser.server.refreshes).toBe(0);
  await browser.time.pass(2_000);
  expect(browser.server.refreshes).toBe(1);
  await browser.time.pass(10 * 720_500);
  expect(browser.server.refreshes).toBe(11);
});

test("a page that nobody looks at waits until somebody does", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open();
  tab.isVisible = false;
  await browser.time.pass(900_000);
  expect(browser.server.refreshes).toBe(0);
  tab.isVisible = true;
  tab.signals?.attended();
  await browser.time.pass(100);
  expect(browser.server.refreshes).toBe(1);
});

test("a page that the server could only peek for has its tokens renewed at once, seen or not", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open({ kind: "public", initial: null });
  tab.isVisible = false;
  tab.auth.enter(guardedPage(0));
  await browser.time.pass(100);
  expect(browser.server.refreshes).toBe(1);
});

// bar 164, F13
test("no wall clock is read", async () => {
  const wallClock = vi.spyOn(Date, "now").mockImplementation(() => {
    throw new Error("read the wall clock");
  });
  const browser = new FakeBrowser().signIn();
  const { auth } = browser.open();
  await browser.time.pass(1_500_000);
  expect(auth.state()).toEqual(signedIn);
  expect(browser.server.refreshes).toBe(2);
  wallClock.mockRestore();
});

test.each([
  ["a network failure", "unsent", "offline"],
  ["a 503", new Response(null, { status: 503 }), "unavailable"],
  ["a 429", new Response(null, { status: 429 }), "unavailable"],
  ["a 403", new Response(null, { status: 403 }), "unavailable"],
  ["the page of a hotel's network", new Response("<h1>Welcome</h1>"), "unavailable"],
] as const)("%s keeps the session, and it recovers by itself", async (_, fate, trouble) => {
  const browser = new FakeBrowser().signIn();
  let asked = 0;
  browser.network.fate = () => {
    asked += 1;
    return fate;
  };
  const tab = browser.open(guardedPage(0));
  await browser.time.pass(600_000);
  expect(tab.auth.state()).toEqual({ ...signedIn, trouble });
  expect(asked).toBeGreaterThan(20);
  expect(asked).toBeLessThan(40);
  browser.network.fate = () => "delivered";
  await browser.time.pass(30_100);
  expect(tab.auth.state()).toEqual(signedIn);
  expect(tab.moves).toEqual([]);
});

test("a server that names a time is not asked before, unless somebody comes back to the page", async () => {
  const browser = new FakeBrowser().signIn();
  const busy = new Response(null, { status: 503, headers: { "Retry-After": "120" } });
  browser.network.fate = () => busy;
  const tab = browser.open(guardedPage(0));
  await browser.time.pass(100);
  browser.network.fate = () => "delivered";
  await browser.time.pass(119_000);
  expect(browser.server.refreshes).toBe(0);
  tab.signals?.attended();
  await browser.time.pass(100);
  expect(browser.server.refreshes).toBe(1);
});

test("somebody who comes back again and again has the server asked about once a second", async () => {
  const browser = new FakeBrowser().signIn();
  let asked = 0;
  browser.network.fate = () => {
    asked += 1;
    return "unsent";
  };
  const tab = browser.open(guardedPage(0));
  for (let moment = 0; moment < 100; moment += 1) {
    await browser.time.pass(100);
    tab.signals?.attended();
  }
  expect(asked).toBeGreaterThanOrEqual(8);
  expect(asked).toBeLessThanOrEqual(11);
});

test("a page that is not mounted asks for nothing, and catches up when it is mounted again", async () => {
  const browser = new FakeBrowser().signIn();
  const page = guardedPage();
  const tab = browser.open(page);
  tab.leave();
  await browser.time.pass(3_600_000);
  expect(browser.server.refreshes).toBe(0);
  tab.auth.enter(page);
  await browser.time.pass(100);
  expect(browser.server.refreshes).toBe(1);
});

// bar 159
test("mounting a page twice, as StrictMode does, asks once", async () => {
  const browser = new FakeBrowser().signIn();
  const page = guardedPage(0);
  const { auth } = browser.open(page);
  for (let mount = 0; mount < 3; mount += 1) {
    const leave = auth.enter(page);
    leave();
    auth.enter(page);
    await browser.time.pass(1_000);
  }
  expect(browser.server.refreshes).toBe(1);
});
