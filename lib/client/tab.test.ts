import { expect, test } from "vitest";
import { FakeBrowser, guardedPage, john, publicPage } from "./testing/fake-browser";
import { API } from "./testing/fake-server";

const LOGIN_AGAIN = "replaceWith /login?next=%2Fdashboard%3Ftab%3D1";

// bar 160
test("five tabs whose token ran out cost one refresh, and nobody is signed out", async () => {
  const browser = new FakeBrowser().signIn();
  const tabs = Array.from({ length: 5 }, () => browser.open());
  browser.expireAccess();
  const calls = tabs.map(({ auth }) => auth.fetch(API));
  await browser.time.pass(1_000);
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(5).fill(200));
  expect(browser.server.refreshes).toBe(1);
});

// bar 160
test("five tabs that are open all day renew together", async () => {
  const browser = new FakeBrowser().signIn();
  const chances = [0.1, 0.9, 0.4, 0.6, 0.2];
  let drawn = 0;
  browser.random = () => chances[drawn++ % chances.length] ?? 0;
  for (let count = 0; count < 5; count += 1) browser.open();
  await browser.time.pass(8 * 3_600_000);
  expect(browser.server.refreshes).toBeGreaterThan(8 * 4);
  expect(browser.server.refreshes).toBeLessThan(8 * 6);
});

test("a tab that missed the announcement notices the new hint and sends nothing", async () => {
  const browser = new FakeBrowser().signIn();
  const [deaf, other] = [browser.open(), browser.open()];
  deaf.isAsleep = true;
  deaf.isVisible = false;
  browser.expireAccess();
  browser.network.fate = (path) => (path === API ? "delivered" : "unsent");
  void deaf.auth.fetch(API);
  await browser.time.pass(100);
  expect(deaf.auth.state()?.trouble).toBe("offline");
  browser.network.fate = () => "delivered";
  await browser.time.pass(730_000);
  expect(browser.server.refreshes).toBe(1);
  other.isVisible = false;
  deaf.isVisible = true;
  deaf.signals?.attended();
  await browser.time.pass(700_000);
  expect(deaf.auth.state()?.trouble).toBeNull();
  expect(browser.server.refreshes).toBe(1);
  await browser.time.pass(30_000);
  expect(browser.server.refreshes).toBe(2);
});

test("a turn that never comes is not waited for longer than four seconds", async () => {
  const browser = new FakeBrowser().signIn();
  browser.queue.isStuck = true;
  browser.open(guardedPage(0));
  await browser.time.pass(3_900);
  expect(browser.server.refreshes).toBe(0);
  await browser.time.pass(200);
  expect(browser.server.refreshes).toBe(1);
});

test("a session that ends is over in all tabs at once, for the same reason", async () => {
  const browser = new FakeBrowser().signIn();
  const [guarded, open] = [browser.open(), browser.open({ ...guardedPage(), kind: "public" })];
  browser.server.endAll("ended");
  browser.expireAccess();
  void guarded.auth.fetch(API);
  await browser.time.pass(1_000);
  expect(guarded.moves).toEqual([`${LOGIN_AGAIN}&reason=ended`]);
  expect(open.auth.state()?.status).toBe("unauthenticated");
  expect(open.moves).toEqual([]);
});

test("the news of an old session's end does not touch a newer one", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open();
  tab.signals?.told({ kind: "ended", session: "v1.00000099", reason: "signed_out" });
  expect(tab.auth.state()?.user).toEqual(john);
  expect(tab.moves).toEqual([]);
});

test("signing in elsewhere signs in a public page, and leaves the page of the same user as it is", async () => {
  const browser = new FakeBrowser().signIn();
  const dashboard = browser.open();
  const [login, home] = [browser.open(publicPage()), browser.open(publicPage())];
  void login.auth.login({ username: "john", password: "secret" });
  await browser.time.pass(1_000);
  expect(home.auth.state()?.user).toEqual(john);
  dashboard.signals?.attended();
  expect(dashboard.moves).toEqual([]);
});

test("a page that leaves already is not sent elsewhere by what it hears on its way", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open();
  for (const reason of ["reuse", "signed_out"] as const) {
    tab.signals?.told({ kind: "ended", session: "v1.00000001", reason });
  }
  tab.signals?.attended();
  expect(tab.moves).toEqual([`${LOGIN_AGAIN}&reason=reuse`]);
});

test("news of a hint that is not in the jar any more are old", () => {
  const browser = new FakeBrowser();
  const tab = browser.open(publicPage());
  tab.signals?.told({ kind: "renewed", hint: "v1.00000001.1", user: john, remainingSeconds: 900 });
  expect(tab.auth.state()?.status).toBe("unauthenticated");
});
