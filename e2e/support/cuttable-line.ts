import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A TCP line to a server that can be cut, so that the server seems to be away. */
export interface CuttableLine {
  /** The given URL by way of this line. */
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Connections are possible again. */
  mend(): Promise<void>;
}

export async function openCuttableLine(targetUrl: string): Promise<CuttableLine> {
  const target = new URL(targetUrl);
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.pipe(other);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        ends.delete(end);
        other.destroy();
      });
    }
  });
  const open = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const port = await open(0);
  const url = new URL(targetUrl);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    cut() {
      server.close();
      for (const end of ends) end.destroy();
    },
    async mend() {
      await open(port);
    },
  };
}
