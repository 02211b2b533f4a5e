import { expect, test } from "vitest";
import { PATHS } from "@/lib/contract";
import { FakeBrowser, guardedPage, john } from "./testing/fake-browser";
import { person } from "./testing/fake-server";

const signedIn = { status: "authenticated", user: john, trouble: null };

test("a lost answer is asked for under the same name, and the session goes on", async () => {
  const browser = new FakeBrowser().signIn();
  const lost = ["unanswered", "unanswered"] as const;
  let refreshes = 0;
  browser.network.fate = () => lost[refreshes++] ?? "delivered";
  const { auth } = browser.open(guardedPage(0));
  await browser.time.pass(100);
  expect(auth.state()).toEqual({ ...signedIn, trouble: "offline" });
  await browser.time.pass(60_000);
  expect(auth.state()).toEqual(signedIn);
  expect(browser.server.attempts).toEqual(["attempt-1", "attempt-1", "attempt-1"]);
});

test("an answer lost with its document is asked for by the next one, days later", async () => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = () => "unanswered";
  browser.open(guardedPage(0)).isVisible = false;
  await browser.time.pass(3 * 86_400_000);
  browser.network.fate = () => "delivered";
  const { auth } = browser.open(guardedPage(0));
  await browser.time.pass(100);
  expect(auth.state()).toEqual(signedIn);
  expect(browser.server.attempts).toEqual(["attempt-1", "attempt-1"]);
});

test("an answer whose body is lost has brought its cookies all the same", async () => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = () => "body lost";
  const { auth } = browser.open(guardedPage(0));
  await browser.time.pass(100);
  expect(auth.state()).toEqual(signedIn);
  expect(browser.server.refreshes).toBe(1);
});

// bar 162
test("a server that says nothing is given up after eight seconds, and asked again", async () => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = () => "silence";
  const { auth } = browser.open(guardedPage(0));
  await browser.time.pass(7_900);
  expect(auth.state()?.trouble).toBeNull();
  browser.network.fate = () => "delivered";
  await browser.time.pass(3_000);
  expect(auth.state()).toEqual(signedIn);
  expect(browser.server.refreshes).toBe(1);
});

test("a refusal that a newer sign-in has overtaken does not count", async () => {
  const browser = new FakeBrowser().signIn();
  browser.server.endAll("replaced");
  const tab = browser.open({ kind: "public", initial: { user: john, remainingSeconds: 0 } });
  await browser.time.pass(15);
  browser.jar = browser.server.open(john);
  await browser.time.pass(100);
  expect(tab.auth.state()).toEqual(signedIn);
  expect(browser.server.refreshes).toBe(2);
});

test("an answer that a newer sign-in has overtaken is not taken for its user", async () => {
  const browser = new FakeBrowser().signIn();
  const tab = browser.open(guardedPage(0));
  await browser.time.pass(15);
  browser.keepsCookies = false;
  browser.jar = browser.server.open(person("jane"));
  await browser.time.pass(100);
  expect(tab).toMatchObject({ isHidden: true, moves: ["reload"] });
});

test("a storage that is blocked costs nothing but the memory of other tabs", async () => {
  const browser = new FakeBrowser().signIn();
  browser.isStorageBlocked = true;
  let refreshes = 0;
  browser.network.fate = (path) =>
    path === PATHS.refresh && refreshes++ === 0 ? "unanswered" : "delivered";
  const { auth } = browser.open(guardedPage(0));
  await browser.time.pass(60_000);
  expect(auth.state()).toEqual(signedIn);
  expect(browser.server.attempts).toEqual(["attempt-1", "attempt-1"]);
});
