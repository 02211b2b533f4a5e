import type { Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { json } from "@/lib/http/answer";
import { currentExchange } from "@/lib/http/exchange";
import { route } from "@/lib/http/route";
import { captureLog } from "@/lib/testing/captured-log";
import { laneOf } from "./lane";
import { createListener } from "./listener";
import { listenSomewhere, rawRequest } from "./testing/raw-request";

const log = captureLog();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const told = async (request: Request) =>
  json({
    url: request.url,
    forwarded: request.headers.get("x-forwarded-for"),
    clientAddress: currentExchange()?.clientAddress,
    body: await request.text(),
    names: [...request.headers.keys()],
  });

const routes = [
  ["/api/told", route({ POST: ({ request }) => told(request) })],
  ["/api/told/[id]", route({ GET: async ({ params }) => json(params) })],
  [
    "/api/cookies",
    route({
      GET: async ({ jar }) => {
        jar.push("a=1; Path=/", "b=2; Path=/");
        return json({}, 201);
      },
    }),
  ],
  [
    "/api/broken",
    {
      ...route({}),
      async GET() {
        throw new Error("words for the log");
      },
    },
  ],
  ["/api/plain", { GET: () => new Response("plain", { headers: { "X-Plain": "yes" } }) }],
] as const;

async function lane() {
  const options = { trustProxyHops: 0, origin: "http://localhost", dev: false, onBug: () => {} };
  const server = createListener(laneOf(routes), options);
  servers.push(server);
  const port = await listenSomewhere(server);
  return (requestLine: string, headers = "", body = "") =>
    rawRequest(
      port,
      `${requestLine} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n${headers}\r\n${body}`,
    );
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")));

// bar 129
test("a handler sees the request as it came, but for what no client may say", async () => {
  const send = await lane();
  const claims = "X-Forwarded-For: 9.9.9.9\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n";
  const answer = await send("POST /api/told?q=1", claims, "hello");
  expect(bodyOf(answer)).toEqual({
    url: "http://localhost/api/told?q=1",
    forwarded: null,
    clientAddress: "127.0.0.1",
    body: "hello",
    names: ["connection", "content-length", "content-type", "host"],
  });
});

test("an answer goes out with its status, its headers, every cookie and its length", async () => {
  const send = await lane();
  const answer = await send("GET /api/cookies");
  expect(statusOf(answer)).toBe(201);
  expect(answer).toMatch(/\r\nset-cookie: a=1; Path=\/\r\nset-cookie: b=2; Path=\/\r\n/i);
  expect(answer).toMatch(/\r\ncontent-length: 2\r\n/i);
  expect(answer).toMatch(/\r\ncache-control: no-store\r\n/i);
  const head = await send("HEAD /api/cookies");
  expect(statusOf(head)).toBe(201);
  expect(head.endsWith("\r\n\r\n")).toBe(true);
});

test("the variable parts of a path arrive decoded", async () => {
  const send = await lane();
  expect(bodyOf(await send("GET /api/told/a%20b"))).toEqual({ id: "a b" });
});

// bar 134
test.each(["/api/nothing", "/api/told/", "/api//told", "/api/told\\x", "/api"])(
  "%s is 404 in JSON",
  async (path) => {
    const send = await lane();
    const answer = await send(`GET ${path}`);
    expect(statusOf(answer)).toBe(404);
    expect(answer).toMatch(/\r\ncache-control: no-store\r\n/i);
    expect(bodyOf(answer)).toEqual({ detail: "Not Found", error: "not_found" });
  },
);

// bar 98
test("a method that a path has not is 405 with Allow", async () => {
  const send = await lane();
  const answer = await send("DELETE /api/told", "Content-Length: 0\r\n");
  expect(statusOf(answer)).toBe(405);
  expect(answer).toMatch(/\r\nallow: POST, OPTIONS\r\n/i);
});

test("a route made without `route` answers as it would under Next", async () => {
  const send = await lane();
  expect(await send("GET /api/plain")).toMatch(/\r\nx-plain: yes\r\n[\s\S]*\r\n\r\nplain$/i);
  const head = await send("HEAD /api/plain");
  expect(head).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\nx-plain: yes\r\n[\s\S]*\r\n\r\n$/i);
  const post = await send("POST /api/plain", "Content-Length: 0\r\n");
  expect(statusOf(post)).toBe(405);
  expect(post).toMatch(/\r\nallow: GET, HEAD, OPTIONS\r\n/i);
  expect(statusOf(await send("OPTIONS /api/plain"))).toBe(204);
});

test("what a handler throws is told to the log and not to the client", async () => {
  const send = await lane();
  const answer = await send("GET /api/broken");
  expect(statusOf(answer)).toBe(500);
  expect(bodyOf(answer)).toEqual({ detail: "Internal Server Error", error: "internal" });
  expect(log.lines()).toContainEqual(
    expect.objectContaining({ event: "bug", requestId: /x-request-id: (\S+)/i.exec(answer)?.[1] }),
  );
});
