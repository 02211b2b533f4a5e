import { expect, test } from "vitest";
import { PATHS } from "@/lib/contract";
import { SignOutError } from "./sign-out";
import { FakeBrowser, guardedPage, john } from "./testing/fake-browser";
import { API, EMPTY_JAR } from "./testing/fake-server";

const SIGNED_OUT = "/login?reason=signed_out";

test("logout ends the session, forgets the attempt and goes to the login page", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open(guardedPage(0));
  await browser.time.pass(100);
  expect(browser.storage.text).not.toBeNull();
  void tab.auth.logout();
  await browser.time.pass(100);
  expect(tab.auth.state()?.status).toBe("unauthenticated");
  expect(tab.moves).toEqual([`goTo ${SIGNED_OUT}`]);
  expect(browser.storage.text).toBeNull();
  expect(browser.jar).toEqual(EMPTY_JAR);
});

// bar 160
test("logout reaches every guarded page within a second", async () => {
  const browser = new FakeBrowser().signIn();
  const [tab, other] = [browser.open(), browser.open()];
  void tab.auth.logout();
  await browser.time.pass(1_000);
  expect(other.moves).toEqual([`replaceWith ${SIGNED_OUT}`]);
});

// bar 165
test("the late answer of a refresh brings nothing back after logout", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open(guardedPage(0));
  const other = browser.open({ ...guardedPage(), kind: "public" });
  await browser.time.pass(15);
  const late = browser.jar;
  void tab.auth.logout();
  await browser.time.pass(1_000);
  expect(tab.auth.state()?.user).toBeNull();
  // the worst case: its cookies came after those of the logout, and a tab announces them
  browser.jar = late;
  const hint = late.hint ?? "";
  for (const { signals } of [tab, other]) {
    signals?.told({ kind: "renewed", hint, user: john, remainingSeconds: 900 });
    signals?.restored();
  }
  await browser.time.pass(1_000);
  expect(tab.auth.state()?.user).toBeNull();
  expect(other.auth.state()?.user).toBeNull();
  expect(browser.server.refreshes).toBe(1);
});

test("a call that wanted a refresh when logout came gets its refusal", async () => {
  const browser = new FakeBrowser().signIn();
  const { auth } = browser.open();
  browser.expireAccess();
  const call = auth.fetch(API);
  await browser.time.pass(25);
  void auth.logout();
  await browser.time.pass(1_000);
  expect((await call).status).toBe(401);
});

test("a server that cannot confirm but takes the cookies back has signed out", async () => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = (path) => {
    if (path === PATHS.logout) browser.jar = EMPTY_JAR;
    return new Response(null, { status: 503 });
  };
  const tab = browser.open();
  const done = tab.auth.logout({ everywhere: true });
  await browser.time.pass(5);
  tab.signals?.attended();
  await browser.time.pass(100);
  await expect(done).resolves.toBeUndefined();
  expect(tab.moves).toEqual([`goTo ${SIGNED_OUT}`]);
});

test.each([
  ["a network failure", "unsent"],
  ["a 503 of a proxy, which leaves the cookies", new Response(null, { status: 503 })],
  ["a bug", new Response(null, { status: 500 })],
] as const)("%s is told, and the page stays signed in", async (_, fate) => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open();
  browser.network.fate = (path) => (path === PATHS.logout ? fate : "delivered");
  const failure = tab.auth.logout().catch((thrown: unknown) => thrown);
  await browser.time.pass(100);
  expect(await failure).toBeInstanceOf(SignOutError);
  expect(tab.auth.state()?.user).toEqual(john);
  expect(tab.moves).toEqual([]);
  await browser.time.pass(721_000);
  expect(browser.server.refreshes).toBe(1);
});
