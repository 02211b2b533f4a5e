import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A web site of somebody else, on a port of its own. */
export interface OtherSite {
  readonly origin: string;
  /** What every path of it shows. */
  html: string;
  close(): void;
}

/** `localhost` and `127.0.0.1` are two sites to a browser; two ports of one of them are two origins of one site. */
export async function openOtherSite(host: "localhost" | "127.0.0.1"): Promise<OtherSite> {
  const server = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(site.html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const site: OtherSite = {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    html: "",
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}
