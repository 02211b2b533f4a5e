import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { newFolder, removeFolder } from "../lib/testing/evidence";
import { OPERATIONS } from "./fuzz/endpoints";
import { cookieClient } from "./support/cookie-client";
import { expect, test } from "./support/fixtures";
import { freePort } from "./support/free-port";
import { type Latchkey, startLatchkey } from "./support/latchkey";
import { PASSWORD } from "./support/people";
import { type Answer, send } from "./support/send";
import { launchPlainNext, type ServerProcess } from "./support/server-process";

/**
 * The handlers are mounted twice: on the lane of our own server, and in Next for hosts that start it by themselves. The
 * same contract holds on both. Both servers have one database and one secret: what one hands out the other takes.
 */

const MOUNTS = ["npm start", "next start"] as const;
type Mount = (typeof MOUNTS)[number];

let origins: Readonly<Record<Mount, string>>;
let folder: string;
let own: Latchkey;
let next: ServerProcess;

test.beforeAll(async () => {
  folder = newFolder("mounts-");
  const settings = {
    DATABASE_URL: `file:${join(folder, "latchkey.db")}`,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    RATE_LIMITS: "off",
    METRICS_TOKEN: randomBytes(32).toString("base64url"),
  };
  own = await startLatchkey(settings);
  const port = await freePort();
  next = await launchPlainNext(port, { ...settings, APP_ORIGIN: own.origin, BCRYPT_COST: "10" });
  origins = { "npm start": own.origin, "next start": `http://localhost:${port}` };
});

test.afterAll(async () => {
  await next.end("SIGTERM");
  await own.discard();
  await removeFolder(folder);
});

const clientOf = (mount: Mount) => cookieClient(origins[mount]);

const newAccount = () => {
  const username = `user-${randomUUID().slice(0, 8)}`;
  return { username, email: `${username}@example.com`, password: PASSWORD };
};

for (const mount of MOUNTS) {
  test(`${mount}: a browser's way from register to logout`, async () => {
    const account = newAccount();
    const { ask, cookies } = clientOf(mount);
    const other = clientOf(mount);
    expect((await ask("POST", "/api/auth/register", { json: account })).status).toBe(201);
    const login = await other.ask("POST", "/api/auth/login", { json: account });
    expect(login.json()).toMatchObject({ user: { username: account.username }, expires_in: 900 });
    expect((await ask("GET", "/api/users/me")).json()).toMatchObject({ email: account.email });

    const before = new Map(cookies);
    const refreshed = await ask("POST", "/api/auth/refresh");
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).not.toContain(cookies.get("__Host-refresh_token"));
    expect(cookies.get("__Host-refresh_token")).not.toBe(before.get("__Host-refresh_token"));
    expect(cookies.get("__Host-auth_hint")).toMatch(/\.1$/);
    const repeated = await ask("POST", "/api/auth/refresh", {
      headers: { cookie: `__Host-refresh_token=${before.get("__Host-refresh_token")}` },
    });
    expect(repeated.all).toContain(`__Host-refresh_token=${cookies.get("__Host-refresh_token")};`);

    const sessions: { id: string; current: boolean }[] = (
      await ask("GET", "/api/auth/sessions")
    ).json();
    const ended = sessions.find(({ current }) => !current)?.id;
    expect(sessions).toHaveLength(2);
    expect((await ask("DELETE", `/api/auth/sessions/${ended}`)).status).toBe(204);
    expect((await ask("DELETE", `/api/auth/sessions/${ended}`)).status).toBe(404);
    expect((await other.ask("GET", "/api/users/me")).status).toBe(401);

    const last = new Map(cookies);
    const out = await ask("POST", "/api/auth/logout");
    expect(out.json()).toEqual({ message: "Successfully logged out" });
    expect([...cookies.keys()]).toEqual(["__Host-device"]);
    for (const [name, value] of last) cookies.set(name, value);
    expect((await ask("GET", "/api/users/me")).json().error).toBe("invalid_token");
    expect((await ask("POST", "/api/auth/refresh")).json().error).toBe("invalid_grant");
  });

  test(`${mount}: an API client's way, tokens in bodies`, async () => {
    const account = newAccount();
    const { ask, cookies } = clientOf(mount);
    await clientOf(mount).ask("POST", "/api/auth/register", { json: account });
    const grant = { ...account, scope: "offline_access profile" };
    const { refresh_token, ...first } = (
      await ask("POST", "/api/auth/token", { json: grant })
    ).json();
    expect(first).toEqual({
      access_token: expect.any(String),
      token_type: "bearer",
      expires_in: 900,
      scope: expect.stringContaining("offline_access"),
    });
    const headers = { authorization: `Bearer ${first.access_token}` };
    expect((await ask("GET", "/api/users/me", { headers })).status).toBe(200);
    const second = (await ask("POST", "/api/auth/refresh", { json: { refresh_token } })).json();
    const grandchild = await ask("POST", "/api/auth/token", {
      json: { grant_type: "refresh_token", refresh_token: second.refresh_token },
    });
    expect(grandchild.status).toBe(200);
    // the first is two generations old
    const reuse = await ask("POST", "/api/auth/refresh", { json: { refresh_token } });
    expect(reuse.json()).toEqual({ detail: "Invalid refresh token", error: "invalid_grant" });
    expect((await ask("GET", "/api/users/me", { headers })).status).toBe(401);
    expect(cookies.size).toBe(0);
  });

  test(`${mount}: checks come in their order`, async () => {
    const post = (headers: Record<string, string>, body = "") =>
      send(origins[mount], "/api/auth/login", { method: "POST", headers, body });
    const crossSite = { "sec-fetch-site": "cross-site" };
    const json = { "content-type": "application/json" };
    const large = "x".repeat(17 * 1024);
    const chunked = { ...json, "transfer-encoding": "chunked" };
    const answers = [
      await send(origins[mount], "/api/auth/login", { method: "PUT", headers: crossSite }),
      await post({ ...crossSite, "content-type": "text/plain" }, large),
      await post({ "content-type": "text/plain" }, large),
      await post(json, large),
      await post(chunked, large),
      await post(json, "{"),
      await post(json, "{}"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([405, 403, 415, 413, 413, 400, 422]);
    for (const { headers } of answers) {
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers["content-type"]).toMatch(/^application\/json/);
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });

  test(`${mount}: a form without a script is answered with a page`, async () => {
    const account = newAccount();
    await clientOf(mount).ask("POST", "/api/auth/register", { json: account });
    const submit = (fields: Record<string, string>) =>
      send(origins[mount], "/api/auth/login", {
        method: "POST",
        headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
        body: String(new URLSearchParams(fields)),
      });
    const wrong = await submit({ ...account, password: "wrong" });
    expect([wrong.status, wrong.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/login\?error=/),
    ]);
    const right = await submit(account);
    expect([right.status, right.headers.location]).toEqual([303, "/dashboard"]);
  });
}

/** What the way to a handler adds by itself. */
const OF_THE_WAY =
  /^(?:date|connection|keep-alive|transfer-encoding|content-length|vary|x-request-id)$/;

test("every endpoint answers alike on both, right and wrong", async () => {
  const account = newAccount();
  const { ask, cookies } = clientOf("npm start");
  await ask("POST", "/api/auth/register", { json: account });
  const cookie = `__Host-access_token=${cookies.get("__Host-access_token")}`;
  const json = { "content-type": "application/json" };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const ways: readonly { headers: Record<string, string>; body?: string }[] = [
    { headers: {} },
    { headers: { cookie } },
    { headers: { authorization: "Bearer nonsense" } },
    { headers: { authorization: "Basic eDp5", cookie } },
    { headers: { ...json, cookie }, body: "[]" },
    { headers: { ...json, cookie }, body: `{"next":1,"username":["a"],"refresh_token":"x"}` },
    { headers: form, body: "username=a&username=b" },
    { headers: { ...form, accept: "text/html" }, body: "username=a&password=b" },
    { headers: { ...json, "content-encoding": "gzip" }, body: "{}" },
    { headers: { origin: "https://evil.example", cookie } },
  ];
  const shown = ({ status, headers, body }: Answer) => ({
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_WAY.test(name))),
    body,
  });
  const mounted = OPERATIONS.map(({ path }) => path.replace("{id}", "nobodys-session"))
    // what is counted is each process's own
    .filter((path) => path.startsWith("/api/") && path !== "/api/metrics");
  for (const path of new Set([...mounted, "/api/nothing", "/api"])) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]) {
      for (const way of method === "GET" || method === "HEAD" ? ways.slice(0, 4) : ways) {
        // the session that the others need
        if (way.headers.cookie && /logout|end/.test(path)) continue;
        const answers = MOUNTS.map((mount) => send(origins[mount], path, { method, ...way }));
        const [lane, plain] = (await Promise.all(answers)).map(shown);
        expect(lane, `${method} ${path} ${JSON.stringify(way)}`).toEqual(plain);
      }
    }
  }
});
