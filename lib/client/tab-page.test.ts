import { expect, test } from "vitest";
import { FakeBrowser } from "./testing/fake-browser";

const resumePage = { kind: "resume", initial: null, loginHref: "/login?next=%2Faccount" } as const;

test("a resume page gets the session back and is loaded anew", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open(resumePage);
  await browser.time.pass(100);
  expect(tab.moves).toEqual(["reload"]);
  expect(browser.server.refreshes).toBe(1);
});

test("a resume page that comes back although the session was renewed gives up", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open(resumePage);
  await browser.time.pass(100);
  const again = browser.reload(tab, resumePage);
  await browser.time.pass(100);
  expect(again.moves).toEqual(["replaceWith /login?next=%2Faccount&reason=cookies"]);
});

test("a session may be resumed again once a page was rendered with it", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open(resumePage);
  await browser.time.pass(100);
  const dashboard = browser.reload(tab);
  const again = browser.reload(dashboard, resumePage);
  await browser.time.pass(100);
  expect(again.moves).toEqual(["reload"]);
});

test("a resume page without a session goes to the login page and says why", async () => {
  const browser = new FakeBrowser().signIn();
  browser.server.endAll("reuse");
  const tab = browser.open(resumePage);
  await browser.time.pass(100);
  expect(tab.moves).toEqual(["replaceWith /login?next=%2Faccount&reason=reuse"]);
});

test("a resume page asks the server even when it sees no hint", async () => {
  const browser = new FakeBrowser();
  const tab = browser.open(resumePage);
  await browser.time.pass(100);
  expect(tab.moves).toEqual(["replaceWith /login?next=%2Faccount&reason=expired"]);
});

test("a resume page in a browser that keeps no cookies says so", async () => {
  const browser = new FakeBrowser().signIn();
  browser.keepsCookies = false;
  const tab = browser.open(resumePage);
  await browser.time.pass(100);
  expect(tab.moves).toEqual(["replaceWith /login?next=%2Faccount&reason=cookies"]);
});

test("a resume page waits for a server that is away", async () => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = () => new Response(null, { status: 503 });
  const tab = browser.open(resumePage);
  await browser.time.pass(60_000);
  expect(tab.auth.state()).toMatchObject({ status: "loading", trouble: "unavailable" });
  expect(tab.moves).toEqual([]);
  browser.network.fate = () => "delivered";
  await browser.time.pass(31_000);
  expect(tab.moves).toEqual(["reload"]);
});

test("a resume page is helped by a tab that renews meanwhile", async () => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = () => "unsent";
  const [dashboard, resuming] = [browser.open(), browser.open(resumePage)];
  await browser.time.pass(60_000);
  resuming.isVisible = false;
  browser.network.fate = () => "delivered";
  await browser.time.pass(700_000);
  expect(dashboard.auth.state()?.trouble).toBeNull();
  expect(resuming.moves).toEqual(["reload"]);
});

test("where the tab's storage is blocked nothing is loaded anew twice", async () => {
  const browser = new FakeBrowser().signIn();
  browser.isStorageBlocked = true;
  const tab = browser.open(resumePage);
  await browser.time.pass(100);
  expect(tab.moves).toEqual(["replaceWith /login?next=%2Faccount&reason=cookies"]);
});
