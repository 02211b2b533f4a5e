import { once } from "node:events";
import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { createListener, type Handler } from "./listener";
import { listenSomewhere, rawRequest } from "./testing/raw-request";

const CONNECTIONS = 300;
/** Milliseconds. Short for the test, in the same order as the real ones. */
const PATIENCE = { headersTimeout: 2_000, requestTimeout: 4_000, connectionsCheckingInterval: 200 };
const HEALTHY = "GET /healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

let server: Server;
afterEach(() => server.close().closeAllConnections());

/** Sends one byte of its request now and then, and never all of it. */
function openSlowly(port: number, start: string) {
  const socket = connect(port, "127.0.0.1");
  socket.write(start);
  const drip = setInterval(() => socket.write("a"), 300);
  let answer = "";
  socket.on("data", (bytes) => {
    answer += bytes;
  });
  // the server closes while a byte is on its way
  socket.on("error", () => {});
  const closed = new Promise<string>((resolve) => {
    socket.once("close", () => {
      clearInterval(drip);
      resolve(answer);
    });
  });
  return { socket, closed };
}

const connectionsOf = () =>
  new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

// bar F17
test("600 slow clients are cut in time, and a healthy one is served all the while", async () => {
  const readsBody: Handler = async (request, response) => {
    try {
      for await (const _chunk of request);
    } catch {
      return;
    }
    response.end("served");
  };
  const options = {
    trustProxyHops: 0,
    origin: "http://localhost",
    dev: false,
    onBug: () => {},
    patience: PATIENCE,
  };
  server = createListener(readsBody, options);
  const port = await listenSomewhere(server);

  const head = "POST /api/auth/login HTTP/1.1\r\nHost: a\r\n";
  const starts = [`${head}X-Slow: `, `${head}Content-Length: 10000\r\n\r\n`];
  const slow = starts.flatMap((start) =>
    Array.from({ length: CONNECTIONS }, () => openSlowly(port, start)),
  );
  await Promise.all(slow.map(({ socket }) => opened(socket)));
  const all = Promise.all(slow.map(({ closed }) => closed));
  let isOver = false;
  all.then(() => {
    isOver = true;
  });

  let served = 0;
  while (!isOver) {
    expect(await rawRequest(port, HEALTHY)).toMatch(/served$/);
    served += 1;
    await pause(50);
  }
  expect(served).toBeGreaterThan(5);
  for (const answer of await all) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
  await expect.poll(connectionsOf, { timeout: 5_000 }).toBe(0);
});

const opened = (socket: Socket) => (socket.connecting ? once(socket, "connect") : null);
