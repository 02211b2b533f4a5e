import { once } from "node:events";
import type { Server } from "node:http";
import type { Socket } from "node:net";

const SWEEP_MILLISECONDS = 50;

/**
 * Prepares `server`, before it listens, for being drained, and returns what does it: stops accepting connections
 * and waits until every request under way has been answered. What is not done after `patienceSeconds` is cut off.
 */
export function drainable(server: Server): (patienceSeconds: number) => Promise<void> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  // again and again: a connection whose answer was begun before stays open after it, and then is merely idle
  const sweep = () => {
    server.closeIdleConnections();
    // opened ahead of need, as browsers do; to Node these are not idle
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };

  return async (patienceSeconds) => {
    const closed = once(server, "close");
    server.close();
    sweep();
    const sweeping = setInterval(sweep, SWEEP_MILLISECONDS);
    // not `closeAllConnections`, which leaves out upgraded ones
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, patienceSeconds * 1000);
    await closed;
    clearInterval(sweeping);
    clearTimeout(cut);
  };
}
