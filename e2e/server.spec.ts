import { rawRequest } from "../lib/launch/testing/raw-request";
import { expect, test } from "./support/fixtures";
import { stopAmidRequests } from "./support/graceful-stop";
import type { Latchkey } from "./support/latchkey";
import { PASSWORD } from "./support/people";

/** What `server.ts` promises to whoever operates it, and what it keeps from Next. No browser. */

const john = { username: "johndoe", email: "john@example.org", password: PASSWORD };

async function post(app: Latchkey, path: string, body: object, headers = {}): Promise<Response> {
  return fetch(`${app.origin}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

const portOf = (app: Latchkey) => Number(new URL(app.origin).port);

/** These very bytes, so that nothing normalises them on the way. */
const raw = (app: Latchkey, requestLine: string, headers = "") =>
  rawRequest(
    portOf(app),
    `${requestLine} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`,
  );

/** The address under which the newest session of John was opened. */
async function addressOfSession(app: Latchkey, headers: Record<string, string>): Promise<string> {
  const { access_token } = await (
    await fetch(`${app.origin}/api/auth/token`, {
      method: "POST",
      headers,
      body: new URLSearchParams({ username: john.username, password: john.password }),
    })
  ).json();
  const sessions = await fetch(`${app.origin}/api/auth/sessions`, {
    headers: { Authorization: `Bearer ${access_token}` },
  });
  const [newest] = await sessions.json();
  return newest.ip;
}

// bar 47, 156
test("settings that are not usable end the start, all named at once and no value shown", async ({
  start,
}) => {
  const wrong = { BCRYPT_COST: "marker-1", AUTH_SECRET: "marker-2", APP_ORIGIN: "marker-3" };
  const error: Error = await start(wrong).catch((thrown) => thrown);
  expect(error.message).toContain("The server ended with 1:");
  for (const name of Object.keys(wrong)) expect(error.message).toContain(name);
  expect(error.message).not.toContain("marker");
});

test("a port that is taken ends the start with a sentence", async ({ app, start }) => {
  const { port } = new URL(app.origin);
  await expect(start({ PORT: port })).rejects.toThrow("something listens there already");
});

test("a path where no database can be ends the start with a sentence, and no stack", async ({
  start,
}) => {
  const error: Error = await start({ DATABASE_URL: "file:/" }).catch((thrown) => thrown);
  expect(error.message).toMatch(/open '\/': this file cannot be used\.\s*$/);
});

// bar F24
test("two that start at once on an empty database both serve it", async ({
  start,
  emptyDatabase,
}) => {
  const DATABASE_URL = await emptyDatabase();
  const both = await Promise.all([start({ DATABASE_URL }), start({ DATABASE_URL })]);
  for (const each of both)
    expect((await fetch(`${each.origin}/api/health/ready`)).status).toBe(200);
});

// bar 158
test("SIGTERM during 50 requests: every one is answered, then it ends with 0 within 10 seconds", async ({
  start,
}) => {
  await stopAmidRequests(await start(), 50);
});

// bar 139
test("the client's address is the socket's, whatever the request claims", async ({ app }) => {
  await post(app, "/api/auth/register", john);
  const claims = { "X-Forwarded-For": "9.9.9.9", "X-Real-IP": "9.9.9.9", Forwarded: "for=9.9.9.9" };
  expect(await addressOfSession(app, claims)).toBe("127.0.0.1");
});

// bar 139
test("behind a proxy of ours the address is the one it wrote", async ({ start }) => {
  const app = await start({ TRUST_PROXY_HOPS: "1" });
  await post(app, "/api/auth/register", john);
  const claims = { "X-Forwarded-For": "9.9.9.9, ::ffff:198.51.100.4" };
  expect(await addressOfSession(app, claims)).toBe("198.51.100.4");
});

// bar 98, 111, 130
test("nothing odd is answered with 500, or reaches another host", async ({ app }) => {
  const odd = [
    "TRACE /api/auth/login",
    "TRACE /dashboard",
    "OPTIONS *",
    "CONNECT evil.example:80",
    "FOO /",
    "GET http://evil.example/",
    "GET //evil.example/",
    "GET /\\evil.example/",
    "GET //api//users//me",
    "GET /%",
    "GET /%00",
    "GET /_next/image?url=%2Ficon.svg&w=64&q=75",
    "POST /",
    "PUT /dashboard",
  ];
  for (const requestLine of odd) {
    const answer = await raw(app, requestLine);
    expect(answer, requestLine).toMatch(/^HTTP\/1\.1 [34]\d\d /);
    expect(answer, requestLine).not.toMatch(/\r\nlocation: (?:\/\/|\/\\|https?:)/i);
  }
  const upgrade = await raw(app, "GET /", "Connection: Upgrade\r\nUpgrade: websocket\r\n");
  expect(upgrade).toMatch(/^HTTP\/1\.1 400 /);
});
