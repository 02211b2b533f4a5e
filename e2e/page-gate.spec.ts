import { takeAway } from "../lib/db/testing/aside";
import { expect, test } from "./support/fixtures";
import { PASSWORD, registerByApi } from "./support/people";
import { send } from "./support/send";
import { takeWay, waysIn } from "./support/ways-in";

const MARKER = "Hello, ";
const LOGIN = "/login?next=%2Fdashboard";

const getPage = (origin: string, cookie: string) =>
  send(origin, "/dashboard", { headers: { cookie } });

/** What a client router would be sent in place of the document. */
const getFlight = (origin: string, cookie: string) =>
  send(origin, "/dashboard?_rsc", { headers: { cookie, RSC: "1" } });

const signOut = (origin: string, cookie: string) =>
  send(origin, "/api/auth/logout", { method: "POST", headers: { cookie } });

// bar 112
test("a protected page asked for by nobody answers with the login page's path", async ({ app }) => {
  for (const [path, next] of [
    ["/dashboard", "%2Fdashboard"],
    ["/dashboard?a=1&b=2", "%2Fdashboard%3Fa%3D1%26b%3D2"],
    ["/account/anything", "%2Faccount%2Fanything"],
  ] as const) {
    const { status, headers, all } = await send(app.origin, path);
    expect([status, headers.location]).toEqual([307, `/login?next=${next}`]);
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(all).not.toContain(MARKER);
  }
});

// bar 113
test("forged, changed and revoked tokens open nothing and loop nowhere", async ({ app }) => {
  const live = await registerByApi(app.origin);
  const dead = await registerByApi(app.origin);
  await signOut(app.origin, dead.cookie);
  const access = (token: string) => `__Host-access_token=${token}`;
  const refresh = (token: string) => `__Host-refresh_token=${token}`;
  const changed = (token: string) =>
    `${token.slice(0, -9)}${token.at(-9) === "A" ? "B" : "A"}${token.slice(-8)}`;
  for (const cookie of [
    access("garbage"),
    access(""),
    access(changed(live.accessToken)),
    access(live.refreshToken),
    refresh("garbage"),
    refresh("A".repeat(72)),
    refresh(changed(live.refreshToken)),
    refresh(live.accessToken),
    `${refresh("a")}; ${refresh(live.refreshToken)}`,
    `${refresh(live.refreshToken)}; ${refresh(live.refreshToken)}`,
    access(dead.accessToken),
    refresh(dead.refreshToken),
    dead.cookie,
  ]) {
    const { status, headers, all } = await getPage(app.origin, cookie);
    expect([status, headers.location], cookie).toEqual([
      307,
      expect.stringMatching(/^\/login\?(?:reason=[a-z_]+&)?next=%2Fdashboard$/),
    ]);
    expect(headers["set-cookie"]).toBeUndefined();
    expect(all).not.toContain(MARKER);
    const login = await send(app.origin, headers.location ?? "", { headers: { cookie } });
    expect(login.status, cookie).toBe(200);
  }
  expect((await getPage(app.origin, live.cookie)).all).toContain(live.username);
});

// bar 113
test("an expired session opens nothing", async ({ start }) => {
  const app = await start({ ACCESS_TOKEN_SECONDS: "5", REFRESH_IDLE_SECONDS: "1" });
  const { cookie, username, refreshToken } = await registerByApi(app.origin);
  await expect
    .poll(async () => (await getPage(app.origin, `__Host-refresh_token=${refreshToken}`)).status)
    .toBe(307);
  const { status, all } = await getPage(app.origin, cookie);
  expect(status).toBe(307);
  expect(all).not.toContain(username);
});

// bar 115, 116, 117
test("no spelling of a path, header or transport gets past the gate", async ({ app }) => {
  const { cookie, username } = await registerByApi(app.origin);
  // what the ways lead to while the session lives, and so what they would tell
  expect((await getPage(app.origin, cookie)).all).toContain(MARKER);
  expect((await getFlight(app.origin, cookie)).all).toContain(username);
  await signOut(app.origin, cookie);
  for (const shown of ["", "__Host-refresh_token=garbage", cookie]) {
    for (const way of waysIn()) {
      for (const { status, all } of await takeWay(app.origin, way, shown)) {
        expect(status, JSON.stringify(way)).toBeLessThan(500);
        expect(all, JSON.stringify(way)).not.toContain(MARKER);
        expect(all, JSON.stringify(way)).not.toContain(username);
      }
    }
  }
});

// bar 118
test("bytes that mean nothing are no token, and nothing breaks on them", async ({ app }) => {
  // in latin1: with and without being UTF-8
  for (const bytes of [
    "\xff\xfe\x80",
    "\xf0\x9f\x98\x80",
    "%00%ff",
    '"',
    '"\\"',
    "a=b=c",
    "\t",
    ".".repeat(9000),
    "e30.e30.e30",
    "eyJ\xff.\xff.\xff",
  ]) {
    for (const headers of [
      { cookie: `__Host-access_token=${bytes}` },
      { cookie: `__Host-refresh_token=${bytes}` },
      { cookie: `;;=;${bytes}; =; ` },
      { authorization: bytes },
      { authorization: `Bearer ${bytes}` },
    ]) {
      const page = await send(app.origin, "/dashboard", { headers });
      expect([page.status, page.headers.location]).toEqual([307, LOGIN]);
      const api = await send(app.origin, "/api/users/me", { headers });
      expect(api.status).toBe(401);
    }
  }
});

// bar 118
test("while a session cannot be looked up, its page shows nothing and sends nobody away", async ({
  start,
}) => {
  const app = await start();
  const { cookie, username } = await registerByApi(app.origin);
  const bringBack = await takeAway(app.databaseUrl);
  const page = await getPage(app.origin, cookie);
  expect(page.status).toBe(503);
  for (const { all } of [page, await getFlight(app.origin, cookie)]) {
    expect(all).toContain("cannot be reached");
    expect(all).not.toContain(username);
    expect(all).not.toContain(MARKER);
  }
  await bringBack();
});

// bar 57, 122
test("a signed-in page holds what it shows and nothing else, in each of its transports", async ({
  app,
}) => {
  const other = await registerByApi(app.origin);
  const { cookie, username, accessToken, refreshToken } = await registerByApi(app.origin);
  for (const get of [getPage, getFlight]) {
    const { status, headers, all } = await get(app.origin, cookie);
    expect(status).toBe(200);
    expect(headers["cache-control"]).toContain("no-store");
    expect(headers["set-cookie"]).toBeUndefined();
    expect(all).toContain(`${username}@example.com`);
    for (const secret of [accessToken, refreshToken, other.username, PASSWORD, "$2b$"]) {
      expect(all).not.toContain(secret);
    }
    expect(all).not.toMatch(/secret_?hash|password_?hash|attempt_?hash|eyJ[\w-]{10}/i);
  }
});
