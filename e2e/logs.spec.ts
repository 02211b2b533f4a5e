import { takeAway, tamper } from "../lib/db/testing/aside";
import manifest from "../package.json" with { type: "json" };
import { expect, test } from "./support/fixtures";
import type { Latchkey } from "./support/latchkey";
import { linesOf, told } from "./support/log-lines";
import { PASSWORD } from "./support/people";

const { version } = manifest;

/** What an operator reads of a real server: its log, its health, its failures. No browser. */

const john = { username: "johndoe", email: "john@example.org", password: PASSWORD };
const marker = "S3cr3t-marker";

function post(app: Latchkey, path: string, body: object = {}, headers = {}): Promise<Response> {
  return fetch(`${app.origin}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** John registers; the headers of his browser. */
async function register(app: Latchkey): Promise<{ readonly cookie: string }> {
  const answer = await post(app, "/api/auth/register", john);
  expect(answer.status).toBe(201);
  return { cookie: cookiesOf(answer) };
}

// bar 151, 156
test("a server writes JSON lines alone, from its start to its stop; wrong mail settings stop nothing", async ({
  start,
  database,
}) => {
  const app = await start({ SMTP_URL: marker, MAIL_FROM: marker });
  const browser = await register(app);
  const answers = {
    authn_login_fail: await post(app, "/api/auth/login", { ...john, password: marker }),
    malicious_csrf: await post(app, "/api/auth/logout", {}, { origin: "https://evil.test" }),
    session_renewed: await post(app, "/api/auth/refresh", {}, browser),
    session_logout: await post(app, "/api/auth/logout", {}, browser),
    session_refused: await post(app, "/api/auth/refresh", {}, browser),
    authn_login_success: await post(app, "/api/auth/login", john),
  };
  expect(answers.authn_login_success.status).toBe(200);

  // a line may be written after its answer, but not after the end
  expect(await app.stop()).toBe(0);
  for (const [event, answer] of Object.entries(answers)) {
    const requestId = answer.headers.get("x-request-id");
    expect(told(app, event)).toEqual([
      expect.objectContaining({
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        ip: "127.0.0.1",
        requestId,
      }),
    ]);
  }
  const [first, last] = [told(app, "sys_startup"), linesOf(app).at(-1)];
  expect(first).toEqual([
    expect.objectContaining({
      version,
      node: process.version,
      database,
      rateLimits: expect.stringMatching(/^(on|off)$/),
    }),
  ]);
  expect(last).toMatchObject({ event: "sys_shutdown", reason: "SIGTERM" });
  expect(app.logs()).not.toContain(marker);
});

// bar 50, 153
test("what callers say of themselves makes no lines and leaves no secrets, however talkative the log", async ({
  start,
}) => {
  const app = await start({ LOG_LEVEL: "trace" });
  const browser = await register(app);
  const forged = '\n{"event":"authn_login_success"}';
  const before = linesOf(app).length;
  const hostile: Record<string, string> = {
    "User-Agent": `${encodeURIComponent(forged)}\u009b31m${"x".repeat(4000)}`,
    "X-Request-Id": '{"event":"authn_login_success"}',
  };
  for (const username of [forged, "\u001b[2J", "x".repeat(1024 * 1024), "\u2028", marker]) {
    const answer = await post(app, "/api/auth/login", { username, password: marker }, hostile);
    expect([401, 413, 422]).toContain(answer.status);
  }
  const token = /access_token=([^;]+)/.exec(browser.cookie)?.[1];
  for (const path of [
    `/api/users/me?access_token=${token}`,
    `/dashboard?access_token=${token}&next=${marker}`,
    `/${token}`,
    `/${encodeURIComponent(forged)}`,
    `/${"x".repeat(8000)}`,
  ]) {
    await fetch(`${app.origin}${path}`, { headers: hostile, redirect: "manual" });
  }

  await expect.poll(() => told(app, "request").length).toBeGreaterThanOrEqual(11);
  const lines = linesOf(app).slice(before);
  expect(lines.filter(({ event }) => event === "authn_login_success")).toEqual([]);
  const failed = lines.filter(({ event }) => event === "authn_login_fail");
  // one event, one line: those that were neither too large nor ill-formed
  expect(failed).toHaveLength(new Set(failed.map(({ requestId }) => requestId)).size);
  expect(failed.length).toBeGreaterThanOrEqual(1);
  for (const { requestId } of failed) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const text = app.logs();
  expect(text).not.toMatch(/[^\n\P{Cc}]/u);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(4000);
  for (const secret of [marker, PASSWORD, `${token}`]) expect(text).not.toContain(secret);
});

// bar 154
test("a page or an answer that breaks says nothing but an id, and the log holds what happened under it", async ({
  start,
}) => {
  const app = await start();
  const browser = await register(app);
  const role = "wizard-of-nowhere";
  await tamper(app.databaseUrl, `UPDATE "user" SET role = '${role}'`);

  const answer = await fetch(`${app.origin}/api/users/me`, { headers: browser });
  const page = await fetch(`${app.origin}/dashboard`, { headers: browser });
  expect([answer.status, page.status]).toEqual([500, 500]);
  expect(await answer.json()).toEqual({ detail: "Internal Server Error", error: "internal" });
  const html = await page.text();
  for (const inside of [role, "role that does not exist", "node_modules", "at async"]) {
    expect(html).not.toContain(inside);
  }
  await expect.poll(() => told(app, "bug")).toHaveLength(2);
  expect(told(app, "bug")).toEqual([
    expect.objectContaining({ requestId: answer.headers.get("x-request-id") }),
    expect.objectContaining({ requestId: page.headers.get("x-request-id"), route: "/dashboard" }),
  ]);
  expect(app.logs()).not.toContain(role);

  const others = await post(app, "/api/auth/register", {
    ...john,
    username: "jane",
    email: "jane@example.org",
  });
  expect(others.status).toBe(201);
});

// bar 155
test("health tells that the process lives and whether the database does, and nothing of either", async ({
  start,
}) => {
  const app = await start();
  const ask = async (path: string) => {
    const answer = await fetch(`${app.origin}/api/health/${path}`);
    const all = `${[...answer.headers].join()} ${await answer.clone().text()}`;
    for (const telling of [version, process.version, "sqlite", "postgres", "prisma", ".db"]) {
      expect(all.toLowerCase()).not.toContain(telling);
    }
    return [answer.status, await answer.json()];
  };
  const ok = [200, { status: "ok" }];
  expect([await ask("live"), await ask("ready")]).toEqual([ok, ok]);
  const browser = await register(app);
  const bringBack = await takeAway(app.databaseUrl);
  const away = { detail: "Service temporarily unavailable", error: "unavailable" };
  expect([await ask("live"), await ask("ready")]).toEqual([ok, [503, away]]);
  const page = await fetch(`${app.origin}/dashboard`, { headers: browser });
  expect(page.status).toBe(503);
  await expect
    .poll(() => told(app, "unavailable").map(({ requestId }) => requestId))
    .toContain(page.headers.get("x-request-id"));
  await bringBack();
  expect(await ask("ready")).toEqual(ok);
});
