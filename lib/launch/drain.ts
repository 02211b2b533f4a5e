import { once } from "node:events";
import type { Server } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const SWEEP_MILLISECONDS = 50;

interface Patience {
  /** What is not done after so long is cut off. */
  readonly patienceSeconds: number;
  /**
   * So long a connection on which nothing is under way stays open, and the answer to a request that still comes says
   * that it was the last: who is just sending is not cut off. Of use only where somebody else takes new connections.
   */
  readonly idleSeconds?: number;
}

/**
 * Prepares `server`, before it listens, for being drained, and returns what does it: stops accepting connections
 * and waits until every request under way has been answered.
 */
export function drainable(server: Server): (patience: Patience) => Promise<void> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  const sweep = () => {
    server.closeIdleConnections();
    // opened ahead of need, as browsers do; to Node these are not idle
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };

  return async ({ patienceSeconds, idleSeconds = 0 }) => {
    const closed = once(server, "close");
    // that of an HTTP server would also close idle connections
    NetServer.prototype.close.call(server);
    // not `closeAllConnections`, which leaves out upgraded ones
    const cut = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, patienceSeconds * 1000);
    await Promise.race([closed, pause(idleSeconds * 1000, null, { ref: false })]);
    sweep();
    // again and again: a connection whose answer was begun before stays open after it, and then is merely idle
    const sweeping = setInterval(sweep, SWEEP_MILLISECONDS);
    await closed;
    clearInterval(sweeping);
    clearTimeout(cut);
  };
}
