import type { Server } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import type { Answered } from "./answered";
import { createListener } from "./listener";
import { listenSomewhere } from "./testing/raw-request";

let server: Server;
afterEach(() => {
  server.close().closeAllConnections();
});

test("who went away before he was answered is not told as answered", async () => {
  const told: Answered[] = [];
  let isAsked = false;
  const never = () => {
    isAsked = true;
    return new Promise<void>(() => {});
  };
  server = createListener(never, {
    trustProxyHops: 0,
    origin: "http://localhost",
    dev: false,
    onBug: () => {},
    onAnswer: (answered) => void told.push(answered),
  });
  const port = await listenSomewhere(server);
  const socket = connect(port, "127.0.0.1", () => {
    socket.write("GET /dashboard?query HTTP/1.1\r\nHost: a\r\n\r\n");
  });
  await vi.waitFor(() => expect(isAsked).toBe(true));
  socket.destroy();
  await vi.waitFor(() => expect(told).toMatchObject([{ path: "/dashboard", status: 499 }]));
});
