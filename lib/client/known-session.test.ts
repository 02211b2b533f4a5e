import { expect, test } from "vitest";
import { FakeBrowser, guardedPage, john, publicPage } from "./testing/fake-browser";
import { EMPTY_JAR, person } from "./testing/fake-server";

const LOGIN_AGAIN = "replaceWith /login?next=%2Fdashboard%3Ftab%3D1";

test("a page of john's is off the screen as soon as jane signs in elsewhere", async () => {
  const browser = new FakeBrowser().signIn();
  const [dashboard, login] = [browser.open(), browser.open(publicPage())];
  void login.auth.login({ username: "jane", password: "secret" });
  await browser.time.pass(1_000);
  expect(dashboard).toMatchObject({ isHidden: true, moves: ["reload"] });
});

test("a page that waits to learn who it is asks itself when it missed the announcement", async () => {
  const browser = new FakeBrowser().signIn();
  browser.open(publicPage());
  const deaf = browser.open(publicPage());
  deaf.isAsleep = true;
  await browser.time.pass(1_000);
  expect(deaf.auth.state()?.user).toEqual(john);
});

test("a page that comes back from the back/forward cache is shown when its session is the same", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open();
  tab.signals?.left();
  expect(tab.isHidden).toBe(true);
  tab.signals?.restored();
  expect(tab).toMatchObject({ isHidden: false, moves: [] });
});

test.each([
  ["gone", EMPTY_JAR],
  ["somebody else's", { ...EMPTY_JAR, hint: "v1.00000099.0" }],
])(
  "a page that comes back when the session is %s shows nothing, and is loaded anew",
  async (_, jar) => {
    const browser = new FakeBrowser().signIn();
    const tab = browser.open();
    tab.signals?.left();
    browser.jar = jar;
    tab.signals?.restored();
    expect(tab).toMatchObject({ isHidden: true, moves: ["reload"] });
  },
);

test("a page that was signed out of and comes back shows nothing, time after time", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open();
  void tab.auth.logout();
  await browser.time.pass(100);
  for (const move of ["goTo /login?reason=signed_out", "reload", LOGIN_AGAIN]) {
    expect(tab.moves.at(-1)).toBe(move);
    tab.signals?.left();
    tab.signals?.restored();
    expect(tab.isHidden).toBe(true);
  }
});

test("a public page that slept through a sign-in asks who it is", async () => {
  const browser = new FakeBrowser();
  const tab = browser.open(publicPage());
  expect(tab.auth.state()?.status).toBe("unauthenticated");
  browser.jar = browser.server.open(person("jane"));
  tab.signals?.attended();
  await browser.time.pass(100);
  expect(tab.auth.state()?.user?.username).toBe("jane");
});

test("a public page that slept through a sign-out knows when somebody looks", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open({ ...guardedPage(), kind: "public" });
  browser.jar = EMPTY_JAR;
  tab.signals?.attended();
  expect(tab.auth.state()?.status).toBe("unauthenticated");
  await browser.time.pass(3_600_000);
  expect(browser.server.refreshes).toBe(0);
  expect(tab.moves).toEqual([]);
});

test("a guarded page whose hint went while it loaded asks, and leaves", async () => {
  const browser = new FakeBrowser();
  const tab = browser.open();
  await browser.time.pass(100);
  expect(tab.moves).toEqual([`${LOGIN_AGAIN}&reason=expired`]);
});
