import { createServer } from "node:http";
import { handOverConfig } from "./environment";
import type { Handler } from "./listener";

interface SiteOptions {
  readonly dev: boolean;
  readonly host: string;
  readonly port: number;
}

/** Next, ready to answer. */
export interface Site {
  readonly handle: Handler;
  close(): Promise<void>;
}

/** Starts Next in this process. `NODE_ENV` must be set before: React picks its build when it is loaded. */
export async function openSite({ dev, host, port }: SiteOptions): Promise<Site> {
  if (!dev) handOverConfig();
  const { default: next } = await import("next");
  // Next attaches its upgrade handler, which can be made to connect elsewhere, to the server it is given, or to
  // the one it sees requests from. In production it gets one that never listens.
  const upgrades = dev ? {} : { httpServer: createServer() };
  const app = next({ dev, hostname: host, port, ...upgrades });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
}
