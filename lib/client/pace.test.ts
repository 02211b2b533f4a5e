import { expect, test } from "vitest";
import { FakeBrowser, john } from "./testing/fake-browser";
import { API } from "./testing/fake-server";

function expired(): FakeBrowser {
  const browser = new FakeBrowser().signIn();
  browser.expireAccess();
  return browser;
}

test("a refusal stays one while the refresh fails, and the page keeps its user", async () => {
  const browser = expired();
  browser.network.fate = (path) => (path === API ? "delivered" : "unsent");
  const { auth } = browser.open();
  const call = auth.fetch(API);
  await browser.time.pass(100);
  expect((await call).status).toBe(401);
  expect(auth.state()).toMatchObject({ status: "authenticated", trouble: "offline" });
});

test("calls in quick succession do not wear down a server that fails to refresh", async () => {
  const browser = expired();
  let asked = 0;
  browser.network.fate = (path) => {
    if (path === API) return "delivered";
    asked += 1;
    return new Response(null, { status: 503 });
  };
  const { auth } = browser.open();
  for (let second = 0; second < 60; second += 1) {
    const calls = [auth.fetch(API), auth.fetch(API)];
    await browser.time.pass(1_000);
    await Promise.all(calls);
  }
  expect(asked).toBeLessThanOrEqual(20);
});

test("a call is repeated with tokens that another tab got while this one failed", async () => {
  const browser = expired();
  browser.network.fate = (path) => (path === API ? "delivered" : "unsent");
  const { auth } = browser.open();
  void auth.fetch(API);
  await browser.time.pass(100);
  const call = auth.fetch(API);
  await browser.time.pass(15);
  const { access, refresh } = browser.server.open(john);
  browser.jar = { access, refresh, hint: "v1.00000001.1" };
  await browser.time.pass(100);
  expect((await call).status).toBe(200);
});

test("a server that names a time is not asked before by calls either", async () => {
  const browser = expired();
  const busy = new Response(null, { status: 503, headers: { "Retry-After": "25" } });
  browser.network.fate = (path) => (path === API ? "delivered" : busy);
  const { auth } = browser.open();
  void auth.fetch(API);
  await browser.time.pass(100);
  browser.network.fate = () => "delivered";
  for (let second = 0; second < 24; second += 1) {
    void auth.fetch(API);
    await browser.time.pass(1_000);
  }
  expect(browser.server.refreshes).toBe(0);
  await browser.time.pass(5_000);
  expect(browser.server.refreshes).toBe(1);
});

test("a call that was refused long ago does not put off the next renewal", async () => {
  const browser = expired();
  const { auth } = browser.open();
  await browser.time.pass(719_000);
  browser.network.latencyMs = 400_000;
  const call = auth.fetch(API);
  browser.network.latencyMs = 20;
  await browser.time.pass(401_000);
  expect((await call).status).toBe(200);
  expect(browser.server.refreshes).toBe(1);
  await browser.time.pass(330_000);
  expect(browser.server.refreshes).toBe(2);
});
