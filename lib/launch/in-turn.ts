import type { Socket } from "node:net";
import type { Handler } from "./listener";

/** Lets a request that waits go on. */
type Admit = () => void;

/**
 * Has `handle` answer the requests of one connection one after the other, each when the answer before it is taken.
 * Node starts all that came in one packet at once, whoever reads the answers: 60 kB of GET are 1700 pages, which would
 * stand in memory together and before everybody else. They are sent in this order anyway, so nobody waits longer.
 *
 * Does NOT bound how many requests wait: Node reads no more of a connection than fits its buffer.
 */
export function inTurn(handle: Handler): Handler {
  /** Of each connection that is being answered, those that wait. */
  const lines = new WeakMap<Socket, Admit[]>();

  const leave = (socket: Socket) => {
    const admitNext = lines.get(socket)?.shift();
    // what is answered without a wait would otherwise keep the event loop until the line is empty
    if (admitNext) setImmediate(admitNext);
    else lines.delete(socket);
  };

  return async (request, response) => {
    const { socket } = request;
    const line = lines.get(socket);
    if (line) await new Promise<void>((admit) => line.push(admit));
    else lines.set(socket, []);
    // nobody is there any more, for those behind either
    if (socket.destroyed) return;
    response.once("close", () => leave(socket));
    await handle(request, response);
  };
}
