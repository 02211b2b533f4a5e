import { rawRequest } from "../lib/launch/testing/raw-request";
import { expect, test } from "./support/fixtures";
import { registerByApi } from "./support/people";
import { send } from "./support/send";
import { residentMegabytes } from "./support/vitals";

/** Requests that are too large, or of which nobody can say where they end. */

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

// bar 123
test("a body that is too large is refused unread, however it comes and whatever it is", async ({
  app,
}) => {
  const before = residentMegabytes(app.pid) ?? 0;
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
  expect((residentMegabytes(app.pid) ?? 0) - before).toBeLessThan(100);
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
    const head = "POST /api/auth/logout HTTP/1.1\r\nHost: a\r\n";
    const answers = await rawRequest(Number(new URL(app.origin).port), head + framing);
    expect(answers.match(/HTTP\/1\.1 \d+/g), framing).toEqual(["HTTP/1.1 400"]);
    expect(answers, framing).toMatch(/\r\nconnection: close/i);
  }
});
