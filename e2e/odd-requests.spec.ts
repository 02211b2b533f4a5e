import { expect, test } from "./support/fixtures";
import type { Latchkey } from "./support/latchkey";
import { PASSWORD, registerByApi } from "./support/people";
import { type Answer, send } from "./support/send";

/** Methods, hosts and paths that no browser and no honest program sends. */

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
test("another spelling of a path is another path", async ({ app }) => {
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
    expect([200, 400, 404, 405], path).toContain(status);
    if (status >= 400) expect(headers["set-cookie"], path).toBeUndefined();
  }
  const entered = [...seen].filter(([, status]) => status === 200).map(([path]) => path);
  expect(entered).toEqual(["/api/auth/login", "/api/auth/login?x=/api/auth/token"]);
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
