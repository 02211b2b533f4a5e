import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { drainable } from "./drain";
import { createListener, type Handler } from "./listener";
import { listenSomewhere } from "./testing/raw-request";

const REQUEST = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/** A server whose answers wait for `release`. */
async function serveSlowly() {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let arrived = 0;
  const handle: Handler = async (_request, response) => {
    arrived += 1;
    await released;
    response.end("done");
  };
  const origin = "http://localhost";
  const server = createListener(handle, { trustProxyHops: 0, origin, dev: false, onBug: () => {} });
  const drain = drainable(server);
  const port = await listenSomewhere(server);
  const arrivals = async (count: number) => {
    while (arrived < count) await new Promise(setImmediate);
  };
  return { server, drain, port, release, arrivals };
}

// bar 158
test("everything under way is answered, over connections that are then closed", async () => {
  const { drain, port, release, arrivals } = await serveSlowly();
  const answers = Array.from({ length: 50 }, () => {
    const socket = connect(port, "127.0.0.1");
    socket.write(REQUEST);
    return text(socket);
  });
  await arrivals(50);
  const drained = drain({ patienceSeconds: 5 });
  release();
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: close\r\n.*done/s);
  }
  await drained;
});

test("connections that ask for nothing do not hold it up, new ones are not accepted", async () => {
  const { drain, port, release } = await serveSlowly();
  release();
  const silent = connect(port, "127.0.0.1");
  const idle = connect(port, "127.0.0.1");
  idle.write(REQUEST);
  await Promise.all([once(idle, "data"), once(silent, "connect")]);
  const closed = Promise.all([once(silent.resume(), "close"), once(idle.resume(), "close")]);

  await drain({ patienceSeconds: 5 });
  await closed;
  await expect(once(connect(port, "127.0.0.1"), "connect")).rejects.toThrow("ECONNREFUSED");
});

test("connections may stay idle for a while: who still asks is answered, and told that it was the last", async () => {
  const { drain, port, release, arrivals } = await serveSlowly();
  release();
  const client = connect(port, "127.0.0.1");
  client.write(REQUEST);
  await once(client, "data");
  const drained = drain({ patienceSeconds: 30, idleSeconds: 20 });
  await expect(once(connect(port, "127.0.0.1"), "connect")).rejects.toThrow("ECONNREFUSED");
  client.write(REQUEST);
  expect(await text(client)).toMatch(/^HTTP\/1\.1 200 .*\r\nConnection: close\r\n.*done/s);
  await arrivals(2);
  // no connection is left to wait for
  await drained;
});

test("what is not answered in time is cut off", async () => {
  const { drain, port, arrivals } = await serveSlowly();
  const socket = connect(port, "127.0.0.1");
  socket.write(REQUEST);
  await arrivals(1);
  const answer = text(socket);
  await drain({ patienceSeconds: 0.05 });
  expect(await answer).toBe("");
});

test("a tunnel that was refused holds nothing up, held or reset", async () => {
  const { drain, port, release } = await serveSlowly();
  const tunnels = Array.from({ length: 10 }, () => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.write("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n");
    socket.on("error", () => {});
    return socket;
  });
  const answers = tunnels.slice(5).map((socket) => once(socket, "data"));
  for (const socket of tunnels.slice(0, 5)) socket.resetAndDestroy();
  for (const [answer] of await Promise.all(answers))
    expect(String(answer)).toMatch(/^HTTP\/1.1 405 /);
  release();
  await drain({ patienceSeconds: 30 });
  for (const socket of tunnels) socket.destroy();
});

test("a connection that was upgraded is cut off when patience ends", async () => {
  const { drain, port, release, server } = await serveSlowly();
  server.on("upgrade", (_request, socket) => socket.on("error", () => {}));
  const socket = connect(port, "127.0.0.1");
  socket.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n");
  await once(server, "upgrade");
  release();
  const closed = once(socket, "close");
  await drain({ patienceSeconds: 0.2 });
  await closed;
});
