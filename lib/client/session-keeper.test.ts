import { expect, test } from "vitest";
import { FakeBrowser, guardedPage, john, publicPage } from "./testing/fake-browser";

const signedIn = { status: "authenticated", user: john, trouble: null };
const signedOut = { status: "unauthenticated", user: null, trouble: null };

// bar 163
test("a refused refresh signs out once, for the reason the server gives, and nothing is asked again", async () => {
  const browser = new FakeBrowser().signIn();
  browser.server.endAll("reuse");
  const tab = browser.open(guardedPage(0));
  await browser.time.pass(100);
  expect(tab.auth.state()).toEqual(signedOut);
  expect(tab.moves).toEqual(["replaceWith /login?next=%2Fdashboard%3Ftab%3D1&reason=reuse"]);
  expect(browser.storage.text).toBeNull();
  tab.signals?.attended();
  await browser.time.pass(3_600_000);
  expect(browser.server.refreshes).toBe(1);
  expect(tab.moves).toHaveLength(1);
});

test("a public page asks once about a hint that the server knew no session for", async () => {
  const browser = new FakeBrowser().signIn();
  browser.server.endAll("expired");
  const tab = browser.open(publicPage());
  expect(tab.auth.state()?.status).toBe("loading");
  await browser.time.pass(100);
  tab.signals?.attended();
  await browser.time.pass(3_600_000);
  expect(tab.auth.state()).toEqual(signedOut);
  expect(browser.server.refreshes).toBe(1);
  expect(tab.moves).toEqual([]);
});

test("a hint that was refused is not asked about again by the next page", async () => {
  const browser = new FakeBrowser().signIn();
  browser.server.endAll("logout");
  const tab = browser.open(guardedPage(0));
  await browser.time.pass(100);
  const login = browser.reload(tab, publicPage());
  await browser.time.pass(100);
  expect(login.auth.state()).toEqual(signedOut);
  expect(browser.server.refreshes).toBe(1);
});

// bar 161
test("a server that renders what it refuses to renew does not send the browser round in circles", async () => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = (path) =>
    path.endsWith("/refresh") ? new Response("{}", { status: 401 }) : "delivered";
  const tab = browser.open(guardedPage(0));
  await browser.time.pass(100);
  expect(tab.moves).toHaveLength(1);
  const again = browser.reload(tab, guardedPage(0));
  await browser.time.pass(3_600_000);
  expect(again.moves).toEqual([]);
  expect(again.auth.state()).toEqual({ ...signedIn, trouble: "unavailable" });
});

// bar 161
test("a browser that does not keep cookies is told so, and is not asked for ever", async () => {
  const browser = new FakeBrowser().signIn();
  browser.keepsCookies = false;
  const { auth } = browser.open(guardedPage(0));
  for (let call = 0; call < 10; call += 1) {
    browser.expireAccess();
    const answer = auth.fetch("/api/notes");
    await browser.time.pass(5_000);
    expect((await answer).status).toBe(401);
  }
  expect(auth.state()).toEqual({ ...signedIn, trouble: "cookies" });
  expect(browser.server.refreshes).toBe(3);
});

test("a browser that keeps cookies again is asked again", async () => {
  const browser = new FakeBrowser().signIn();
  browser.keepsCookies = false;
  const tab = browser.open(guardedPage(0));
  for (let call = 0; call < 3; call += 1) {
    browser.expireAccess();
    void tab.auth.fetch("/api/notes");
    await browser.time.pass(5_000);
  }
  browser.keepsCookies = true;
  browser.jar = browser.server.open(john);
  const hint = browser.jar.hint ?? "";
  tab.signals?.told({ kind: "renewed", hint, user: john, remainingSeconds: 900 });
  expect(tab.auth.state()).toEqual(signedIn);
  await browser.time.pass(721_000);
  expect(browser.server.refreshes).toBe(4);
});
