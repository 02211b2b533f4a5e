import { expect, test } from "./support/fixtures";
import { registerByApi } from "./support/people";
import { send } from "./support/send";

/** What is not there: pages in place of data, server actions, files of the project. */

// bar 119
test("the API answers 401 in JSON to those who would rather have a page", async ({ app }) => {
  for (const path of ["/api/users/me", "/api/auth/sessions"]) {
    for (const accept of ["*/*", "text/html", "text/html,application/xhtml+xml,*/*;q=0.8"]) {
      const { status, headers, body } = await send(app.origin, path, { headers: { accept } });
      expect([status, headers.location]).toEqual([401, undefined]);
      expect(headers["content-type"]).toContain("application/json");
      expect(JSON.parse(body)).toEqual({ detail: "Not authenticated", error: "missing_token" });
    }
  }
});

// bar 111, 121
test("there are no server actions: what posts to one is refused at once", async ({ app }) => {
  const { cookie } = await registerByApi(app.origin);
  for (const path of ["/", "/login", "/dashboard"]) {
    for (const headers of [
      { "next-action": "a".repeat(42) },
      { "next-action": "x", origin: "https://evil.test" },
      { "next-action": "x", origin: "null", "x-forwarded-host": "evil.test" },
      { "content-type": "multipart/form-data; boundary=x" },
      { rsc: "1", "next-action": "../../x", "content-type": "text/plain;charset=UTF-8" },
    ] as Record<string, string>[]) {
      const body =
        '--x\r\nContent-Disposition: form-data; name="1_$ACTION_ID_a"\r\n\r\n\r\n--x--\r\n';
      const sent = { method: "POST", headers: { cookie, ...headers }, body };
      const { status, headers: answer, all } = await send(app.origin, path, sent);
      expect([status, answer.allow]).toEqual([405, "GET, HEAD, OPTIONS"]);
      expect(answer["set-cookie"]).toBeUndefined();
      expect(all).not.toContain("Hello, ");
    }
  }
  expect((await send(app.origin, "/dashboard", { headers: { cookie } })).status).toBe(200);
});

// bar 135
test("no file of the project is served", async ({ app }) => {
  const { body } = await send(app.origin, "/login");
  const scripts = [...body.matchAll(/\/_next\/static\/[^"]+\.js/g)].map(([path]) => path);
  expect(scripts).not.toEqual([]);
  for (const path of [
    "/.env",
    "/.git/config",
    "/.git/HEAD",
    "/.data/latchkey.db",
    "/.data/auth-secret",
    "/dev.db",
    "/prisma/dev.db",
    "/prisma/schema.prisma",
    "/package.json",
    "/package-lock.json",
    "/server.ts",
    "/lib/config.ts",
    "/.next/BUILD_ID",
    "/.next/server/app/page.js",
    "/_next/server/app/page.js",
    "/_next/BUILD_ID",
    "/_next/static/../../package.json",
    "/_next/static/..%2f..%2fBUILD_ID",
    "/_next/static/%2e%2e/BUILD_ID",
    "/icon.svg/..%2f..%2fpackage.json",
    ...scripts.map((each) => `${each}.map`),
  ]) {
    const { status, all } = await send(app.origin, path);
    expect(status, path).toBe(404);
    expect(all, path).not.toContain("better-sqlite3");
  }
});

// bar 111, 116
test("what Next says to itself breaks no page, and its own paths lead nowhere", async ({ app }) => {
  for (const tree of ["x", "%zz", "%5B%22%22%5D", "a".repeat(9000)]) {
    const headers = { RSC: "1", "Next-Router-State-Tree": tree };
    for (const path of ["/", "/login", "/nope", "/login.rsc", "/x.segments/_tree.segment.rsc"]) {
      const first = await send(app.origin, path, { headers });
      const second = await send(app.origin, first.headers.location ?? path, { headers });
      for (const { status } of [first, second]) expect(status, path).toBeLessThan(500);
    }
  }
  for (const path of [
    "/_global-error",
    "/_next/data/x/dashboard.json",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "//_global-error",
  ]) {
    const { status, headers } = await send(app.origin, path);
    expect([status, headers["cache-control"]], path).toEqual([404, "no-store"]);
  }
  expect(app.logs()).not.toContain('"event":"bug"');
});
