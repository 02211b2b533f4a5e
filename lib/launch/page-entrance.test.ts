import { createServer, type Server } from "node:http";
import { afterEach, beforeAll, expect, test } from "vitest";
import { embeddedApp, newcomer } from "@/lib/testing/embedded-app";
import { config } from "@/proxy";
import type { Handler } from "./listener";
import { ADMITTED, pageEntrance } from "./page-entrance";
import { listenSomewhere, rawRequest } from "./testing/raw-request";

beforeAll(() => embeddedApp());

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** In place of Next: says what it would see of a request, and whether it would leave `proxy.ts` out. */
const next: Handler = async ({ headers }, response) => {
  response.end(JSON.stringify({ headers, isAdmitted: headers[ADMITTED] !== undefined }));
};

async function ask(path: string, headers = "") {
  const server = createServer((request, response) => void pageEntrance(next)(request, response));
  servers.push(server);
  const port = await listenSomewhere(server);
  const head = `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n`;
  const answer = await rawRequest(port, head);
  const body = answer.slice(answer.indexOf("\r\n\r\n") + 4);
  return { answer, ...(body.startsWith("{") && (JSON.parse(body) as Seen)) };
}

interface Seen {
  readonly isAdmitted: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

// bar 103
test("an admitted page is made under the policy of its answer, whatever policy the client sends", async () => {
  const { answer, isAdmitted, headers } = await ask(
    "/login?next=%2Fdashboard",
    "Content-Security-Policy: script-src 'nonce-mine'\r\nContent-Security-Policy-Report-Only: x\r\nX-Page-Path: //evil.example\r\n",
  );
  expect(isAdmitted).toBe(true);
  const policy = headers?.["content-security-policy"] ?? "none";
  expect(policy).toMatch(/script-src 'nonce-[\w+/]{22}==' 'strict-dynamic';/);
  expect(answer).toContain(`Content-Security-Policy: ${policy}\r\n`);
  expect(headers).not.toHaveProperty("content-security-policy-report-only");
  expect(headers?.["x-page-path"]).toBe("/login?next=%2Fdashboard");
  expect(Object.keys(headers ?? {})).not.toContain(ADMITTED);
});

// bar 112
test("a protected page is admitted to who shows a token of ours, and to nobody else", async () => {
  const { client } = await newcomer();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  expect((await ask("/dashboard", `Cookie: ${cookie}\r\n`)).isAdmitted).toBe(true);
  for (const other of ["a=b", "__Host-refresh_token=garbage", `${cookie}; ${cookie}`]) {
    const { answer, isAdmitted } = await ask("/dashboard?a=1", `Cookie: ${other}\r\n`);
    expect(isAdmitted).toBeUndefined();
    expect(answer).toMatch(/^HTTP\/1\.1 307 /);
    expect(answer).toContain("\r\nLocation: /login?next=%2Fdashboard%3Fa%3D1\r\n");
    expect(answer).toContain("\r\nCache-Control: no-store\r\n");
  }
});

// bar 115, 116
test.each([
  "//dashboard",
  "/%64ashboard",
  "/Dashboard",
  "/dashboard/",
  "/dashboard.rsc",
  "/dashboard?_rsc=1",
  "/dashboard?a=<b>",
  "/api",
  "/api/users/me",
  "/_next/static/x.js",
  "/icon.svg",
  "/.well-known/jwks.json",
])("%s is left to proxy.ts", async (path) => {
  expect(await ask(path)).toMatchObject({ isAdmitted: false, headers: { host: "a" } });
});

test("so is what a client router asks for", async () => {
  expect((await ask("/login", "RSC: 1\r\n")).isAdmitted).toBe(false);
});

// bar 115
test("proxy.ts is left out by a note that no request can carry", async () => {
  expect(config.matcher.map(({ missing }) => missing)).toEqual([
    [{ type: "header", key: ADMITTED }],
  ]);
  const { answer } = await ask("/dashboard", `${ADMITTED}: yes\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});
