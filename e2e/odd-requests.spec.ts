import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "./support/fixtures";
import type { Latchkey } from "./support/latchkey";
import { PASSWORD, registerByApi } from "./support/people";
import { type Answer, send } from "./support/send";

/** Requests that no browser and no honest program sends. */

const FORM = { "content-type": "application/x-www-form-urlencoded" };

function login(app: Latchkey, path: string, username: string, more = {}): Promise<Answer> {
  const body = new URLSearchParams({ username, password: PASSWORD }).toString();
  return send(app.origin, path, { method: "POST", headers: { ...FORM, ...more }, body });
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

// bar 99
test("a method is what it is, whatever a header or a field says", async ({ app }) => {
  const { cookie } = await registerByApi(app.origin);
  for (const override of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
    const asPost = { headers: { cookie, [override]: "POST" } };
    expect((await send(app.origin, "/api/auth/logout", asPost)).status).toBe(405);
    const asDelete = { method: "POST", headers: { cookie, ...FORM, [override]: "DELETE" } };
    const ended = await send(app.origin, "/api/auth/sessions", {
      ...asDelete,
      body: "_method=DELETE",
    });
    expect([ended.status, ended.headers.allow]).toEqual([405, "GET, HEAD, DELETE, OPTIONS"]);
  }
  expect(
    (await send(app.origin, "/api/auth/logout?_method=POST", { headers: { cookie } })).status,
  ).toBe(405);
  expect((await send(app.origin, "/api/users/me", { headers: { cookie } })).status).toBe(200);
});

const POISON: Readonly<Record<string, string>>[] = [
  { host: "evil.example" },
  { host: "evil.example:80", "x-forwarded-host": "evil.example" },
  { host: "evil.example@localhost" },
  { "x-forwarded-host": "evil.example" },
  { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-forwarded-port": "443" },
  { forwarded: "host=evil.example;proto=https" },
  {
    "x-host": "evil.example",
    "x-original-host": "evil.example",
    "x-forwarded-server": "evil.example",
  },
];

// bar 129
test("a host that a request claims stands in no answer, and in none that follows", async ({
  app,
}) => {
  const { username, cookie } = await registerByApi(app.origin);
  const plain = (await send(app.origin, "/login")).body.length;
  for (const headers of POISON) {
    const says = JSON.stringify(headers);
    for (const path of [
      "/",
      "/login",
      "/dashboard",
      "/dashboard/",
      "//dashboard",
      "/nope",
      "/login?next=/",
    ]) {
      const poisoned = await send(app.origin, path, { headers });
      expect(poisoned.status, `${path} ${says}`).toBeLessThan(500);
      expect(poisoned.all, `${path} ${says}`).not.toContain("evil.example");
      expect(poisoned.headers.location ?? "/", `${path} ${says}`).toMatch(/^\/(?!\/)/);
      // the one after it, on the same server
      const next = await send(app.origin, path);
      expect(next.all, `after ${path} ${says}`).not.toContain("evil.example");
    }
    const token = await login(app, "/api/auth/token", username, headers);
    const { iss, aud } = claimsOf(JSON.parse(token.body).access_token);
    expect([iss, aud], says).toEqual([app.origin, app.origin]);
    const form = await login(app, "/api/auth/login", username, { ...headers, accept: "text/html" });
    expect([form.status, form.headers.location], says).toEqual([303, "/dashboard"]);
    expect(form.headers["set-cookie"], says).not.toMatch(/domain/i);
    const page = await send(app.origin, "/dashboard", { headers: { ...headers, cookie } });
    expect(page.all, says).not.toContain("evil.example");
  }
  expect((await send(app.origin, "/login")).body.length).toBe(plain);
});

// bar 130
test("another spelling of a path is another path, or the same endpoint", async ({ app }) => {
  const { username } = await registerByApi(app.origin);
  const seen = new Map<string, number>();
  for (const path of [
    "/api/auth/login",
    "//api//auth/login",
    "/api//auth//login",
    "/api/auth/login/",
    "/API/auth/login",
    "/api/auth/LOGIN",
    "/api/auth/%6cogin",
    "/api/%2e/auth/login",
    "/api/auth/./login",
    "/api/x/../auth/login",
    "/api/auth/login%2f",
    "/api/auth%2flogin",
    "/api/auth/login;a=b",
    "/api/auth/login%00",
    "/api/auth/login.json",
    "/api/auth/login?x=/api/auth/token",
    "\\api\\auth\\login",
  ]) {
    const { status, headers } = await login(app, path, username);
    seen.set(path, status);
    // 405: no page takes a form
    expect([200, 308, 400, 404, 405], path).toContain(status);
    if (status === 308) expect(headers.location, path).toBe("/api/auth/login");
    if (status >= 400) expect(headers["set-cookie"], path).toBeUndefined();
  }
  const entered = [...seen].filter(([, status]) => status === 200).map(([path]) => path);
  // dots are resolved before anything is looked up: these are the endpoint itself, and no login knows its path
  expect(entered).toEqual([
    "/api/auth/login",
    "/api/%2e/auth/login",
    "/api/auth/./login",
    "/api/x/../auth/login",
    "/api/auth/login?x=/api/auth/token",
  ]);
});

// bar 131
test("a hundred cookies are read, more than fits is 431, and nothing has happened", async ({
  app,
}) => {
  const { cookie } = await registerByApi(app.origin);
  const crumbs = Array.from({ length: 100 }, (_, index) => `crumb-${index}=${"x".repeat(60)}`);
  const many = [...crumbs.slice(0, 50), cookie, ...crumbs.slice(50)].join("; ");
  for (const path of ["/api/users/me", "/dashboard"]) {
    expect((await send(app.origin, path, { headers: { cookie: many } })).status).toBe(200);
    const tooMany = `${many}; ${"x".repeat(16 * 1024)}`;
    expect((await send(app.origin, path, { headers: { cookie: tooMany } })).status).toBe(431);
    expect((await send(app.origin, path, { headers: { cookie } })).status).toBe(200);
  }
});

// bar 134
test("what only looks like a file below an endpoint is not there, for who is signed in too", async ({
  app,
}) => {
  const { cookie, username } = await registerByApi(app.origin);
  for (const path of [
    "/api/nope",
    "/api/auth/me/x.css",
    "/api/users/me/x.css",
    "/api/users/me.css",
    "/api/users/me%2fx.css",
    "/api/users/me;x.css",
    "/api/users/me%00.css",
    "/api/auth/sessions/x.js",
  ]) {
    const { status, headers, body, all } = await send(app.origin, path, { headers: { cookie } });
    // a session of that name could be deleted, so the path is known
    expect([404, 405], path).toContain(status);
    expect(JSON.parse(body), path).toHaveProperty("detail");
    expect(headers["cache-control"], path).toBe("no-store");
    expect(headers["content-type"], path).toContain("application/json");
    expect(all, path).not.toContain(username);
  }
});

/** Memory that the process holds, in MiB; on Linux alone. */
async function residentMebibytes({ pid }: Latchkey): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "VmRSS: 0 kB");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

// bar 123
test("a body that is too large is refused unread, however it comes and whatever it is", async ({
  app,
}) => {
  const before = await residentMebibytes(app);
  for (const mebibytes of [1 / 16 + 1 / 1024, 10 + 1 / 1024, 12]) {
    const size = Math.floor(mebibytes * 1024 * 1024) + 1;
    const bodies = {
      "application/json": `{"username":"a","password":"${"b".repeat(size)}"}`,
      "application/x-www-form-urlencoded": `username=a&password=${"b".repeat(size)}`,
    };
    for (const [type, body] of Object.entries(bodies)) {
      for (const sent of [body, new Blob([body]).stream()]) {
        for (const path of ["/api/auth/login", "/api/auth/token", "/api/auth/refresh"]) {
          if (typeof sent !== "string" && sent.locked) continue;
          const init = {
            method: "POST",
            headers: { "content-type": type },
            body: sent,
            duplex: "half",
          };
          const answer = await fetch(`${app.origin}${path}`, init as RequestInit);
          expect([type, answer.status]).toEqual([type, 413]);
        }
      }
    }
  }
  // two dozen bodies, 140 MiB in all, of which nothing was kept
  expect((await residentMebibytes(app)) - before).toBeLessThan(100);
  expect((await fetch(`${app.origin}/api/health/live`)).status).toBe(200);
});

// bar 132
test("a message that ends in two places is refused and its connection closed", async ({ app }) => {
  const smuggled = "GET /api/users/me HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const framing of [
    `Content-Length: ${smuggled.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `Content-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
    `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${smuggled}`,
    `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `Content-Length: +0\r\n\r\n${smuggled}`,
    `Transfer-Encoding: chunked\r\n\r\n0;a\n\r\n\r\n${smuggled}`,
    `X: a\r\n Content-Length: 5\r\n\r\n${smuggled}`,
    `X: a\0b\r\n\r\n${smuggled}`,
  ]) {
    const socket = connect(Number(new URL(app.origin).port), "127.0.0.1");
    socket.write(`POST /api/auth/logout HTTP/1.1\r\nHost: a\r\n${framing}`, "latin1");
    const answers = await text(socket);
    expect(answers.match(/HTTP\/1\.1 \d+/g), framing).toEqual(["HTTP/1.1 400"]);
    expect(answers, framing).toMatch(/\r\nconnection: close/i);
  }
});
