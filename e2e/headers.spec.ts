import { crawl } from "./support/crawl";
import { expect, test } from "./support/fixtures";
import { freePort } from "./support/free-port";
import { PASSWORD, registerByApi } from "./support/people";
import { send } from "./support/send";

/** What every answer of the real server says about itself. No browser. */

const JSON_HEADERS = { "content-type": "application/json" };

const MEDIA_TYPES: readonly (readonly [RegExp, RegExp])[] = [
  [/\.js$/, /^application\/javascript; charset=utf-8$/i],
  [/\.css$/, /^text\/css; charset=utf-8$/i],
  [/\.woff2$/, /^font\/woff2$/],
  [/\.svg$/, /^image\/svg\+xml$/],
  [/\.txt$/, /^text\/plain; charset=utf-8$/i],
  [/^\/[a-z]*$/, /^text\/html; charset=utf-8$/],
];

// bar 89, 102
test("nothing that a visitor loads sets a cookie or leaves its kind to be guessed", async ({
  app,
}) => {
  for (const cookie of ["", (await registerByApi(app.origin)).cookie]) {
    const found = await crawl(app.origin, cookie);
    expect([...found.keys()].filter((path) => path.startsWith("/_next/static/"))).not.toEqual([]);
    for (const [path, { status, headers }] of found) {
      expect(status, path).toBeLessThan(500);
      expect(headers["set-cookie"], path).toBeUndefined();
      expect(headers["x-content-type-options"], path).toBe("nosniff");
      const [, type] = MEDIA_TYPES.find(([name]) => name.test(path.replace(/\?.*/, ""))) ?? [];
      if (type && status === 200) expect(headers["content-type"], path).toMatch(type);
      // who may keep an answer is never left open
      expect(headers["cache-control"], path).toMatch(
        status === 200 && /\./.test(path) ? /^public, / : /no-store/,
      );
    }
  }
});

// bar 103, 105
test("every page, also a redirect and one that is not there, has its policies", async ({ app }) => {
  const { cookie } = await registerByApi(app.origin);
  for (const [path, headers] of [
    ["/", {}],
    ["/login", {}],
    ["/dashboard", { cookie }],
    ["/dashboard", {}],
    ["/nope", {}],
    ["/.well-known/nope", {}],
    ["/login", { "content-security-policy": "script-src 'nonce-mine'" }],
    ["/login", { "content-security-policy-report-only": "script-src 'nonce-mine'" }],
  ] as const) {
    const { headers: answer, body } = await send(app.origin, path, { headers });
    expect(answer, path).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "referrer-policy": "same-origin",
      "x-frame-options": "DENY",
    });
    const policy = answer["content-security-policy"] ?? "";
    const [, nonce] = /script-src 'nonce-([\w+/]{22}==)'/.exec(policy) ?? [];
    expect(nonce, path).toBeDefined();
    // each script carries it, and nothing else would run
    const scripts = [...body.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(
      scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
    expect(scripts.length > 0 || answer.location !== undefined, path).toBe(true);
    expect(body, path).not.toMatch(/<[^>]+\s(?:style|on\w+)="/);
  }
});

// bar 103
test("no two answers share a nonce", async ({ app }) => {
  const nonces = new Set<string>();
  for (let time = 0; time < 20; time++) {
    const { headers } = await send(app.origin, "/login");
    nonces.add(/'nonce-([^']+)'/.exec(headers["content-security-policy"] ?? "")?.[1] ?? "");
  }
  expect(nonces.size).toBe(20);
});

// bar 105
test("no answer names the software that made it", async ({ app }) => {
  const { cookie } = await registerByApi(app.origin);
  const found = [...(await crawl(app.origin, cookie)).values()];
  found.push(
    await send(app.origin, "/api/users/me"),
    await send(app.origin, "/.well-known/jwks.json"),
  );
  found.push(await send(app.origin, "/dashboard", { headers: { cookie, rsc: "1" } }));
  for (const { headers } of found) {
    const names = Object.keys(headers).filter((name) =>
      /^(?:server|via|x-powered|x-next)/.test(name),
    );
    expect(names).toEqual([]);
  }
});

// bar 101, 102
test("every answer of the API is data that nobody keeps, embeds or runs", async ({ app }) => {
  const { cookie, username } = await registerByApi(app.origin);
  const credentials = { username, password: PASSWORD };
  const post = (path: string, body: object, more = {}) =>
    send(app.origin, path, {
      method: "POST",
      headers: { ...JSON_HEADERS, ...more },
      body: JSON.stringify(body),
    });
  const answers = {
    me: await send(app.origin, "/api/users/me", { headers: { cookie } }),
    "me without": await send(app.origin, "/api/users/me"),
    sessions: await send(app.origin, "/api/auth/sessions", { headers: { cookie } }),
    register: await post("/api/auth/register", {}),
    token: await post("/api/auth/token", { grant_type: "password", ...credentials }),
    refresh: await post("/api/auth/refresh", {}, { cookie }),
    "refresh without": await post("/api/auth/refresh", {}),
    login: await post("/api/auth/login", credentials),
    "login wrong": await post("/api/auth/login", { ...credentials, password: "wrong" }),
    "login by form": await send(app.origin, "/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "text/html" },
      body: "username=nobody&password=wrong",
    }),
    logout: await post("/api/auth/logout", {}, { cookie }),
    "cross-site": await post("/api/auth/logout", {}, { origin: "https://evil.test" }),
    "unknown path": await send(app.origin, "/api/nope"),
    "undecodable path": await send(app.origin, "/api/%zz"),
    method: await send(app.origin, "/api/auth/login"),
    "odd method": await send(app.origin, "/api/auth/login", { method: "PROPFIND" }),
    options: await send(app.origin, "/api/auth/login", { method: "OPTIONS" }),
    health: await send(app.origin, "/api/health/live"),
  };
  for (const [name, { headers }] of Object.entries(answers)) {
    expect(headers, name).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      pragma: "no-cache",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
  }
  const statuses = Object.values(answers).map(({ status }) => status);
  expect(statuses).toEqual([
    200, 401, 200, 422, 200, 200, 401, 200, 401, 303, 200, 403, 404, 404, 405, 405, 204, 200,
  ]);
  expect((await send(app.origin, "/dashboard")).headers["cache-control"]).toBe("no-store");
});

// bar 104
test("behind https every answer asks for https from now on, and nothing does on plain http", async ({
  app,
  start,
}) => {
  const port = await freePort();
  await start({ APP_ORIGIN: "https://app.example.org", PORT: String(port) });
  const paths = [
    "/",
    "/dashboard",
    "/dashboard/",
    "/nope",
    "/icon.svg",
    "/robots.txt",
    "/api/users/me",
  ];
  for (const path of [...paths, "/api/%zz", "/.well-known/jwks.json", "/_next/static/nope.js"]) {
    const { headers } = await send(`http://localhost:${port}`, path);
    const expected = "max-age=63072000; includeSubDomains";
    expect(headers["strict-transport-security"], path).toBe(expected);
    const plain = await send(app.origin, path);
    expect(plain.headers["strict-transport-security"], path).toBeUndefined();
  }
});
