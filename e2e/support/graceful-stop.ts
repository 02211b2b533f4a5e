import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "@playwright/test";
import type { Latchkey } from "./latchkey";

/**
 * Tells a server, or a cluster, to stop while so many requests have arrived but for their last byte. Fails unless each is
 * answered, and the process then ends with 0 within ten seconds.
 */
export async function stopAmidRequests(app: Latchkey, count: number): Promise<void> {
  const port = Number(new URL(app.origin).port);
  const sockets = Array.from({ length: count }, () => connect(port, "127.0.0.1"));
  for (const socket of sockets) {
    socket.write("POST /api/auth/logout HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n");
    socket.write("Content-Length: 2\r\n\r\n{");
  }
  // what connects after them is answered after they have arrived
  await fetch(`${app.origin}/api/health/live`);

  const stoppedAt = performance.now();
  const exitCode = app.stop();
  await expect.poll(() => app.logs()).toContain("Stopping");
  const answers = sockets.map((socket) => text(socket));
  for (const socket of sockets) socket.write("}");
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*Successfully logged out/s);
  }
  expect(await exitCode).toBe(0);
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
}
