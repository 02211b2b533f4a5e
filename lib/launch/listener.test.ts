import type { Server } from "node:http";
import { availableParallelism } from "node:os";
import { afterEach, expect, test, vi } from "vitest";
import { currentExchange } from "@/lib/http/exchange";
import { passwordBacklog } from "@/lib/password/backlog";
import type { Answered } from "./answered";
import { createListener, type Handler, type ListenerOptions } from "./listener";
import { listenSomewhere, rawRequest } from "./testing/raw-request";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** In place of Next: says what reached it, and reads all of the body before. */
const echo: Handler = async (request, response) => {
  let bodyBytes = 0;
  for await (const chunk of request) bodyBytes += chunk.length;
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, headers, bodyBytes, ...currentExchange() }));
};

async function serve(handle: Handler = echo, options: Partial<ListenerOptions> = {}) {
  const defaults = { trustProxyHops: 0, origin: "http://localhost", dev: false, onBug: () => {} };
  const server = createListener(handle, { ...defaults, ...options });
  servers.push(server);
  const port = await listenSomewhere(server);
  const send = (requestLine: string, headers = "", body = "") =>
    rawRequest(
      port,
      `${requestLine} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n${body}`,
    );
  return { port, send };
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));

test("the application is told who calls, and sees no claims about it", async () => {
  const { send } = await serve(echo, { trustProxyHops: 1 });
  const answer = await send("GET /dashboard", "X-Forwarded-For: 9.9.9.9, 198.51.100.4\r\n");
  expect(bodyOf(answer)).toMatchObject({ clientAddress: "198.51.100.4", status: null });
  expect(bodyOf(answer).headers).not.toHaveProperty("x-forwarded-for");
});

// bar 98
test.each(["TRACE", "PROPFIND", "M-SEARCH"])("%s is 405 with Allow, in JSON", async (method) => {
  const { send } = await serve();
  for (const path of ["/api/auth/login", "/dashboard"]) {
    const answer = await send(`${method} ${path}`);
    expect(statusOf(answer)).toBe(405);
    expect(answer).toMatch(/\r\nallow: GET, HEAD,/i);
    expect(answer).toMatch(/\r\ncache-control: no-store/i);
    expect(bodyOf(answer)).toEqual({ detail: "Method Not Allowed", error: "method_not_allowed" });
  }
});

// bar 101
test("no answer below /api and no redirect may be kept, whoever made it", async () => {
  const silent: Handler = async (_request, response) => void response.writeHead(308).end();
  const { send } = await serve(silent);
  expect(await send("GET /api/users/me/")).toMatch(/\r\ncache-control: no-store\r\n/i);
  expect(await send("GET /dashboard/")).toMatch(/\r\ncache-control: no-store\r\n/i);
  const { send: fetchPage } = await serve();
  expect(await fetchPage("GET /icon.svg")).not.toMatch(/cache-control/i);
  const outspoken: Handler = async (_request, response) => {
    response.setHeader("Cache-Control", "max-age=300");
    response.end();
  };
  const { send: ask } = await serve(outspoken);
  expect(await ask("GET /api/x")).toMatch(/\r\ncache-control: max-age=300\r\n/i);
});

// bar 102, 104, 105
test("whoever answers, nothing is sniffed, https is kept and no software is named", async () => {
  const boastful: Handler = async (_request, response) => {
    response.setHeader("X-Powered-By", "Next.js").setHeader("x-nextjs-cache", "HIT");
    response.setHeader("Refresh", "0;url=/").end();
  };
  const { send } = await serve(boastful, { origin: "https://app.example.org" });
  for (const line of [
    "GET /",
    "GET /api/x",
    "TRACE /api/x",
    "OPTIONS /",
    "POST /",
    "GET http://evil/",
  ]) {
    const answer = await send(line);
    expect(answer, line).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
    expect(answer, line).toMatch(
      /\r\nstrict-transport-security: max-age=63072000; includeSubDomains\r\n/i,
    );
    expect(answer, line).not.toMatch(/\r\n(?:x-powered-by|x-nextjs-cache|refresh|server):/i);
  }
  const { send: sendPlain } = await serve(boastful);
  expect(await sendPlain("GET /")).not.toMatch(/strict-transport-security/i);
});

// bar 134
test("a path below /api that cannot be decoded is unknown, in JSON", async () => {
  const { send } = await serve();
  for (const path of ["/api/%E0%A4", "/api/auth/sessions/%FF", "/api/%zz"]) {
    const answer = await send(`DELETE ${path}`);
    expect(statusOf(answer)).toBe(404);
    expect(bodyOf(answer)).toEqual({ detail: "Not Found", error: "not_found" });
  }
});

test("a page is read and nothing else, and says so", async () => {
  const { send } = await serve();
  expect(statusOf(await send("POST /dashboard"))).toBe(405);
  expect(statusOf(await send("DELETE /"))).toBe(405);
  expect(await send("OPTIONS /login")).toMatch(/^HTTP\/1\.1 204 .*\r\nallow: GET, HEAD, OPTIONS/is);
  expect(statusOf(await send("HEAD /login"))).toBe(200);
});

test.each([
  "POST /api/auth/login",
  "POST //api//auth/login",
  "DELETE /api/auth/sessions/x",
  "OPTIONS /api/a",
])("%s is left to its handler", async (requestLine) => {
  const { send } = await serve();
  expect(statusOf(await send(requestLine))).toBe(200);
});

test.each(["OPTIONS *", "GET http://evil.example/", "FOO /", "CONNECT evil.example:80"])(
  "%s is refused and closed",
  async (requestLine) => {
    const { send } = await serve();
    const answer = await send(requestLine);
    expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
    expect(statusOf(answer)).toBeLessThan(500);
    expect(answer).toMatch(/\r\nconnection: close/i);
  },
);

// bar 111
test("a WebSocket is refused, another upgrade is ignored", async () => {
  const { port } = await serve();
  const upgrade = (to: string) =>
    rawRequest(
      port,
      `GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: ${to}\r\n\r\n`,
    );
  expect(statusOf(await upgrade("websocket"))).toBe(400);
  expect(statusOf(await upgrade("h2c"))).toBe(200);
});

// bar 132
test.each([
  [
    "Content-Length and Transfer-Encoding",
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["two Content-Length", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"],
  ["a bad chunk size", "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"],
  ["an unknown Transfer-Encoding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"],
  ["a folded header", "X-A: b\r\n c\r\n\r\n"],
  ["NUL in a header", "X-A: b\0c\r\n\r\n"],
  ["a space before the colon", "X-A : b\r\n\r\n"],
  ["two hosts", "Host: b\r\n\r\n"],
])("%s is 400 and closed", async (_case, rest) => {
  const { port } = await serve();
  const answer = await rawRequest(port, `POST /api/x HTTP/1.1\r\nHost: a\r\n${rest}`);
  expect(statusOf(answer)).toBe(400);
  expect(answer).toMatch(/\r\nconnection: close/i);
});

// bar 131
test("a head of more than 16 KiB is 431", async () => {
  const { send } = await serve();
  expect(statusOf(await send("GET /", `X-A: ${"a".repeat(16 * 1024)}\r\n`))).toBe(431);
});

// bar 123
test("a body that a handler would swallow is 413, with and without its length", async () => {
  const { send } = await serve();
  const body = "a".repeat(1024 * 1024);
  const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const answers = [
    await send("POST /api/x", `Content-Length: ${body.length}\r\n`, body),
    await send("POST /api/x", "Transfer-Encoding: chunked\r\n", chunked),
  ];
  for (const answer of answers) {
    expect(statusOf(answer)).toBe(413);
    expect(bodyOf(answer)).toEqual({ detail: "The body is too large", error: "too_large" });
  }
});

test("a handler that refuses by itself is not overruled, however large the body", async () => {
  const { send } = await serve(async (_request, response) => {
    response.writeHead(403).end();
  });
  const body = "a".repeat(1024 * 1024);
  expect(statusOf(await send("POST /api/x", `Content-Length: ${body.length}\r\n`, body))).toBe(403);
});

test("what a handler left unread does not spoil the next request of the connection", async () => {
  const { port } = await serve(async (request, response) => {
    response.writeHead(request.url === "/api/refuses" ? 403 : 200).end();
  });
  const body = "a".repeat(1024 * 1024);
  const refused = `POST /api/refuses HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const next = "GET /api/next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
  expect(await rawRequest(port, refused + next)).toMatch(/^HTTP\/1\.1 403 .*HTTP\/1\.1 200 /s);
});

test("a body that turns out too large is never taken for a whole one", async () => {
  let isWhole = false;
  const { send } = await serve(async (request) => {
    for await (const _chunk of request);
    isWhole = true;
  });
  const body = "a".repeat(300 * 1024);
  await send("POST /api/x", `Content-Length: ${body.length}\r\n`, body);
  expect(isWhole).toBe(false);
});

test("a page takes no body", async () => {
  const { send } = await serve();
  expect(statusOf(await send("GET /login", "Content-Length: 5\r\n", "hello"))).toBe(413);
  expect(statusOf(await send("GET /login", "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"))).toBe(
    413,
  );
  expect(statusOf(await send("GET /login", "Content-Length: 0\r\n"))).toBe(200);
});

test("a page's wish replaces 200 and no other status", async () => {
  const { send } = await serve(async (request, response) => {
    await Promise.resolve();
    const exchange = currentExchange();
    if (exchange !== null) exchange.status = 503;
    response.statusCode = request.url === "/moved" ? 307 : 200;
    response.end("page");
  });
  expect(await send("GET /dashboard")).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
  expect(statusOf(await send("GET /moved"))).toBe(307);
});

test("what the application throws is a 500 without a word of it, and is reported", async () => {
  const bugs: unknown[] = [];
  const bug = new Error("marker");
  const { send } = await serve(() => Promise.reject(bug), { onBug: (error) => bugs.push(error) });
  const answer = await send("GET /");
  expect(statusOf(answer)).toBe(500);
  expect(answer).not.toContain("marker");
  expect(bugs).toEqual([bug]);
});

test("in development Next's own tools are left to Next", async () => {
  const { send } = await serve(echo, { dev: true });
  expect(statusOf(await send("POST /__nextjs_original-stack-frames"))).toBe(200);
  expect(statusOf(await send("POST /dashboard"))).toBe(405);
});

// bar F18
test("when too many passwords wait to be hashed, logins are refused before anything works for them", async () => {
  const served: (string | undefined)[] = [];
  const { send } = await serve(async (request, response) => {
    served.push(request.url);
    response.end();
  });
  const backlog = passwordBacklog();
  const minutesOfWork = Array.from({ length: availableParallelism() }, () => backlog.enter(20));
  const waiting = await Promise.all(minutesOfWork);
  try {
    for (const path of ["/api/auth/login", "/api/auth/register?next=%2F"]) {
      const answer = await send(`POST ${path}`);
      expect(statusOf(answer)).toBe(503);
      expect(answer).toMatch(/\r\nretry-after: 5\r\n/i);
      expect(answer).not.toMatch(/\r\nset-cookie:/i);
      expect(bodyOf(answer).error).toBe("unavailable");
    }
    for (const request of ["POST /api/auth/refresh", "POST /api/auth/token", "GET /login"]) {
      expect(statusOf(await send(request))).toBe(200);
    }
    expect(served).toEqual(["/api/auth/refresh", "/api/auth/token", "/login"]);
  } finally {
    for (const leave of waiting) leave();
  }
  expect(statusOf(await send("POST /api/auth/login"))).toBe(200);
});

const idOf = (answer: string) => /\r\nX-Request-Id: (.*)\r\n/i.exec(answer)?.[1];

// bar 154
test("every answer has an id, the application's and ours; a harmless one of the caller is kept", async () => {
  const told: Answered[] = [];
  const { send } = await serve(echo, { onAnswer: (answered) => void told.push(answered) });
  const kept = await send("GET /dashboard?token=marker", "X-Request-Id: from-caller_1\r\n");
  expect([idOf(kept), bodyOf(kept).requestId]).toEqual(["from-caller_1", "from-caller_1"]);
  for (const [requestLine, headers, body] of [
    ["GET /api/users/me", "X-Request-Id: a b\r\n", ""],
    ["TRACE /api/users/me", "X-Request-Id: one\r\nX-Request-Id: two\r\n", ""],
    ["POST /", `X-Request-Id: ${"a".repeat(65)}\r\nContent-Length: 1\r\n`, "x"],
    ["GET http://evil.example/", "", ""],
  ] as const) {
    expect(idOf(await send(requestLine, headers, body))).toMatch(/^[0-9a-f-]{36}$/);
  }
  await vi.waitFor(() => expect(told).toHaveLength(5));
  const [first] = told;
  expect(first).toEqual({
    method: "GET",
    path: "/dashboard",
    status: 200,
    milliseconds: expect.any(Number),
    requestId: "from-caller_1",
  });
});

// bar 154
test("what the application throws is a 500 with an id, and is told under that id", async () => {
  const bug = new Error("marker");
  const told: unknown[] = [];
  const broken: Handler = async () => {
    throw bug;
  };
  const { send } = await serve(broken, { onBug: (...facts) => void told.push(facts) });
  const answer = await send("GET /dashboard");
  expect(statusOf(answer)).toBe(500);
  expect(bodyOf(answer)).toEqual({ detail: "Internal Server Error", error: "internal" });
  expect(told).toEqual([[bug, idOf(answer)]]);
});
