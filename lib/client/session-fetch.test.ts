import { expect, test } from "vitest";
import { FakeBrowser, guardedPage, john, ORIGIN, publicPage } from "./testing/fake-browser";
import { API, person } from "./testing/fake-server";

function expired(): FakeBrowser {
  const browser = new FakeBrowser().signIn();
  browser.expireAccess();
  return browser;
}

// bar 159
test("ten parallel calls with an expired token cost one refresh and are all answered", async () => {
  const browser = expired();
  const { auth } = browser.open();
  const calls = Array.from({ length: 10 }, () => auth.fetch(API));
  await browser.time.pass(1_000);
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses).toEqual(Array(10).fill(200));
  expect(browser.server.refreshes).toBe(1);
});

// bar 159
test("a call that was refused before a refresh, and hears of it after, refreshes no second time", async () => {
  const browser = expired();
  const { auth } = browser.open();
  const quick = auth.fetch(API);
  await browser.time.pass(15);
  browser.network.latencyMs = 400;
  const slow = auth.fetch(API);
  browser.network.latencyMs = 20;
  await browser.time.pass(1_000);
  expect([(await quick).status, (await slow).status]).toEqual([200, 200]);
  expect(browser.server.refreshes).toBe(1);
});

// bar 166
test("the body of a post arrives once, with a good token", async () => {
  const browser = expired();
  const { auth } = browser.open();
  const call = auth.fetch(API, { method: "POST", body: JSON.stringify({ text: "hello" }) });
  await browser.time.pass(1_000);
  expect((await call).status).toBe(200);
  expect(browser.server.received).toEqual(['{"text":"hello"}']);
});

// bar 166
test("a request object with a body is repeated too", async () => {
  const browser = expired();
  const { auth } = browser.open();
  const call = auth.fetch(new Request(`${ORIGIN}${API}`, { method: "PUT", body: "hello" }));
  await browser.time.pass(1_000);
  expect((await call).status).toBe(200);
  expect(browser.server.received).toEqual(["hello"]);
});

// bar 161
test("an endpoint that refuses every token costs one refresh and one repetition a call", async () => {
  const browser = new FakeBrowser().signIn();
  browser.server.isStubborn = true;
  const { auth } = browser.open();
  for (let call = 1; call <= 3; call += 1) {
    const answer = auth.fetch(API);
    await browser.time.pass(1_000);
    expect(await (await answer).json()).toMatchObject({ error: "invalid_token" });
    expect(browser.server.refreshes).toBe(call);
    expect(browser.server.log.filter((line) => line.includes(API))).toHaveLength(2 * call);
  }
});

// bar 166
test.each([
  ["a 401 of the application", Response.json({ detail: "No", error: "step_up" }, { status: 401 })],
  ["a 401 without JSON", new Response("<h1>Unauthorized</h1>", { status: 401 })],
  ["a 401 whose JSON is null", new Response("null", { status: 401 })],
  ["a 403", Response.json({ detail: "No", error: "insufficient_scope" }, { status: 403 })],
  ["a 429", Response.json({ detail: "No", error: "rate_limited" }, { status: 429 })],
  ["a 503", Response.json({ detail: "No", error: "unavailable" }, { status: 503 })],
])("%s is the caller's as it is", async (_, answer) => {
  const browser = new FakeBrowser().signIn();
  browser.network.fate = (path) => (path === API ? answer : "delivered");
  const { auth } = browser.open();
  const call = auth.fetch(API);
  await browser.time.pass(1_000);
  expect((await call).status).toBe(answer.status);
  expect(await (await call).text()).toBe(await answer.clone().text());
  expect(browser.server.refreshes).toBe(0);
});

test.each([
  ["a token of the caller's own", { headers: { Authorization: "Bearer mine" } }],
  ["no cookies", { credentials: "omit" }],
] as const)("a request with %s is left alone", async (_, init) => {
  const browser = expired();
  const { auth } = browser.open();
  const call = auth.fetch(API, init);
  await browser.time.pass(1_000);
  expect((await call).status).toBe(401);
  expect(browser.server.refreshes).toBe(0);
});

test("a request to another origin is passed on untouched", async () => {
  const browser = expired();
  const { auth } = browser.open();
  const call = auth.fetch("https://elsewhere.example/api/notes");
  await browser.time.pass(1_000);
  expect((await call).status).toBe(401);
  expect(browser.server.refreshes).toBe(0);
});

test("a public page without a hint asks for no refresh", async () => {
  const browser = new FakeBrowser();
  const { auth } = browser.open(publicPage());
  const call = auth.fetch(API);
  await browser.time.pass(1_000);
  expect(await (await call).json()).toMatchObject({ error: "missing_token" });
  expect(browser.server.refreshes).toBe(0);
});

test("a call refused for a token that is renewed by now is repeated without waiting for a turn", async () => {
  const browser = expired();
  const { auth } = browser.open();
  browser.queue.isStuck = true;
  const call = auth.fetch(API);
  await browser.time.pass(15);
  const { access, refresh } = browser.server.open(john);
  browser.jar = { access, refresh, hint: "v1.00000001.1" };
  await browser.time.pass(100);
  expect((await call).status).toBe(200);
});

test("nothing is refreshed while somebody signs in", async () => {
  const browser = expired();
  const { auth } = browser.open({ ...guardedPage(), kind: "public" });
  browser.network.latencyMs = 200;
  void auth.login({ username: "jane", password: "secret" });
  browser.network.latencyMs = 20;
  const call = auth.fetch(API);
  await browser.time.pass(1_000);
  expect((await call).status).toBe(401);
  expect(auth.state()?.user?.username).toBe("jane");
  expect(browser.server.refreshes).toBe(0);
});

test("a page that lost sight of its hint does not repeat a post as somebody else", async () => {
  const browser = expired();
  const tab = browser.open();
  browser.jar = { ...browser.server.open(person("jane")), hint: null };
  browser.expireAccess();
  const call = tab.auth.fetch(API, { method: "POST", body: "john's" });
  await browser.time.pass(100);
  expect((await call).status).toBe(401);
  expect(browser.server.received).toEqual([]);
  expect(tab).toMatchObject({ isHidden: true, moves: ["reload"] });
});

test.each(["guarded", "public"] as const)(
  "a post that was refused on a %s page is not repeated as somebody else",
  async (kind) => {
    const browser = expired();
    const { auth } = browser.open({ ...guardedPage(), kind });
    const call = auth.fetch(API, { method: "POST", body: "john's" });
    await browser.time.pass(15);
    browser.jar = browser.server.open(person("jane"));
    await browser.time.pass(1_000);
    expect((await call).status).toBe(401);
    expect(browser.server.received).toEqual([]);
  },
);
