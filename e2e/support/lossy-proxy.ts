import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { freePort } from "./free-port";
import type { Latchkey } from "./latchkey";
import type { Variables } from "./server-process";

/** A connection to the server that can lose answers on their way back, or hold them up. */
export interface LossyProxy {
  readonly port: number;
  /** While true, the answers to these requests are lost after the server has done its work. */
  losing: (path: string) => boolean;
  /** The answers to these requests wait, with the server's work done, until the promise is kept. */
  holding: (path: string) => Promise<void> | null;
  /** How many answers were lost. */
  readonly lost: number;
  close(): void;
}

/** Starts a server that its users reach by way of a lossy proxy. */
export async function startBehindLossyProxy(
  start: (variables: Variables) => Promise<Latchkey>,
  variables: Variables,
): Promise<{ readonly app: Latchkey; readonly proxy: LossyProxy }> {
  const port = await freePort();
  const proxy = await openLossyProxy(port);
  const origin = `http://localhost:${proxy.port}`;
  const app = await start({ PORT: String(port), APP_ORIGIN: origin, ...variables });
  return { app, proxy };
}

/** Opens it on a free port; `targetPort` may start to listen later. */
async function openLossyProxy(targetPort: number): Promise<LossyProxy> {
  let lost = 0;
  const server = createServer((incoming, outgoing) => {
    const { method, url = "/", headers } = incoming;
    const options = { host: "127.0.0.1", port: targetPort, method, path: url, headers };
    const forwarded = request(options, async (answer) => {
      if (proxy.losing(url)) {
        lost += 1;
        answer.resume();
        answer.on("end", () => incoming.socket.destroy());
        return;
      }
      await proxy.holding(url);
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    forwarded.on("error", () => incoming.socket.destroy());
    incoming.pipe(forwarded);
  });
  const proxy: LossyProxy = {
    port: 0,
    losing: () => false,
    holding: () => null,
    get lost() {
      return lost;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.defineProperty(proxy, "port", { value: (server.address() as AddressInfo).port });
}
