import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** A way to a server that a test can make go bad. */
export interface Proxy {
  readonly url: string;
  /** Takes connections and bytes, and passes nothing on any more, in neither direction. */
  freeze(): void;
  /** What comes from the client is passed on so many milliseconds later; 0 = at once. Order is kept. */
  delay(milliseconds: number): void;
  /** Breaks every connection, and passes on again what comes over new ones. */
  reset(): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let frozen = false;
  let delayMs = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      sockets.add(from);
      let passedOn = Promise.resolve();
      from.on("data", (bytes) => {
        if (frozen) return;
        const waited = from === near && delayMs > 0 ? pause(delayMs) : null;
        passedOn = passedOn.then(() => waited).then(() => void to.write(bytes));
      });
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    freeze() {
      frozen = true;
    },
    delay(milliseconds) {
      delayMs = milliseconds;
    },
    reset() {
      frozen = false;
      breakAll();
    },
    async close() {
      breakAll();
      server.close();
      await once(server, "close");
    },
  };
}
