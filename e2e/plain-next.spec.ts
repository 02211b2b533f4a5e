import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { rawRequest } from "../lib/launch/testing/raw-request";
import { newFolder, removeFolder } from "../lib/testing/evidence";
import { migrate } from "../prisma/migrate";
import { expect, test } from "./support/fixtures";
import { freePort } from "./support/free-port";
import { registerByApi } from "./support/people";
import { send } from "./support/send";
import { launchPlainNext, type ServerProcess } from "./support/server-process";
import { takeWay, waysIn } from "./support/ways-in";

/** What holds also where the application runs by `next start` or on a host of its own, without our server. */

let origin: string;
let folder: string;
let next: ServerProcess;

test.beforeAll(async () => {
  folder = newFolder("plain-next-");
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const DATABASE_URL = `file:${join(folder, "latchkey.db")}`;
  await migrate(DATABASE_URL);
  const AUTH_SECRET = randomBytes(32).toString("base64url");
  const settings = { DATABASE_URL, AUTH_SECRET, APP_ORIGIN: origin, BCRYPT_COST: "10" };
  next = await launchPlainNext(port, settings);
});

test.afterAll(async () => {
  await next.end("SIGTERM");
  await removeFolder(folder);
});

// bar 102
test("pages, files, data and what is not there keep their headers", async () => {
  const { body } = await send(origin, "/login");
  const assets = [...body.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)];
  const files = ["/icon.svg", "/robots.txt", "/_next/static/nope.js", assets[0]?.[1] ?? ""];
  const pages = ["/", "/login", "/dashboard", "/nope", "/favicon.ico"];
  const data = ["/api/users/me", "/api/nope", "/.well-known/jwks.json"];
  for (const path of [...files, ...pages, ...data]) {
    const { headers } = await send(origin, path);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["cross-origin-resource-policy"], path).toBe("same-origin");
    expect(headers["x-powered-by"], path).toBeUndefined();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy.includes("script-src 'nonce-"), path).toBe(pages.includes(path));
    expect(policy === "default-src 'none'; frame-ancestors 'none'", path).toBe(data.includes(path));
  }
});

// bar 115
test("no request can say of itself that it is admitted", async () => {
  const head = "GET /dashboard HTTP/1.1\r\nHost: a\r\nConnection: close\r\n(admitted): yes\r\n\r\n";
  expect(await rawRequest(Number(new URL(origin).port), head)).toMatch(/^HTTP\/1\.1 400 /);
});

// bar 115, 116, 117
test("no way leads past the gate", async () => {
  const { cookie, username } = await registerByApi(origin);
  expect((await send(origin, "/dashboard", { headers: { cookie } })).all).toContain(username);
  await send(origin, "/api/auth/logout", { method: "POST", headers: { cookie } });
  for (const shown of ["", cookie]) {
    for (const way of waysIn()) {
      for (const { status, all } of await takeWay(origin, way, shown)) {
        expect(status, JSON.stringify(way)).toBeLessThan(500);
        expect(all, JSON.stringify(way)).not.toContain(username);
      }
    }
  }
});

// bar 121
test("there are no server actions to call", async () => {
  const { cookie } = await registerByApi(origin);
  for (const path of ["/", "/login", "/dashboard"]) {
    for (const headers of [
      { "next-action": "a".repeat(42) },
      { "next-action": "a".repeat(42), origin: "null", "x-forwarded-host": "evil.test" },
      { "content-type": "multipart/form-data; boundary=x" },
    ] as Record<string, string>[]) {
      const body = `--x\r\nContent-Disposition: form-data; name="$ACTION_ID_a"\r\n\r\n\r\n--x--\r\n`;
      const sent = { method: "POST", headers: { cookie, ...headers }, body };
      const { status, headers: answer } = await send(origin, path, sent);
      expect(status, path).toBeGreaterThanOrEqual(400);
      expect(status, path).toBeLessThan(500);
      expect(answer["set-cookie"], path).toBeUndefined();
    }
  }
});

// bar 129
test("a host that a request claims is followed by nobody", async () => {
  for (const headers of [
    { host: "evil.example" },
    { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
  ] as Record<string, string>[]) {
    for (const path of ["/", "/dashboard", "/dashboard/", "/login"]) {
      const { all } = await send(origin, path, { headers });
      expect(all, path).not.toContain("evil.example");
      expect((await send(origin, path)).all, path).not.toContain("evil.example");
    }
  }
});
