import { once } from "node:events";
import { settings } from "@/lib/config";
import { beginDraining } from "@/lib/http/draining";
import { tellFailure } from "@/lib/http/failure";
import { log } from "@/lib/log";
import { countRequest } from "@/lib/metrics/requests";
import type { Answered } from "./answered";
import { LANE_FILE } from "./built.mjs";
import { logConsole } from "./console-lines";
import { drainable } from "./drain";
import { tellAddress } from "./environment";
import { inTurn } from "./in-turn";
import { openLane } from "./lane";
import { createListener, type Handler } from "./listener";
import { pageEntrance } from "./page-entrance";
import { openPageLane } from "./page-lane";
import { isApiPath } from "./screening";
import { openSite, type Site } from "./site";

interface OpenServerOptions {
  readonly dev: boolean;
  /** Before it listens, the start can be given up by aborting this. */
  readonly stop: AbortSignal;
  /** Listens only if the database answers. */
  readonly checksDatabase: boolean;
}

/** A server that listens. */
export interface OpenServer {
  /** Answers what is under way, closes what it used, and within 10 seconds ends the process if that takes too long. */
  close(idleSeconds?: number): Promise<void>;
}

/** Within the 10 seconds that process managers give before they kill: first the requests, then what they used. */
const DRAIN_SECONDS = 9;
const CLOSE_SECONDS = 9.6;
/** Open pages hold a connection for hot reloading that ends with us alone. */
const DEV_DRAIN_SECONDS = 0.5;

/**
 * Starts Next in this process and listens for it. The code must be built and the database migrated.
 *
 * @throws SettingsError; AuthError `unavailable`; an AbortError; and what `listen` of Node reports
 */
export async function openServer(options: OpenServerOptions): Promise<OpenServer> {
  const { dev, stop } = options;
  const { host, port, origin, trustProxyHops } = settings();
  tellAddress(host, port);
  if (!dev) logConsole(log());

  const site = await openSite({ dev, host, port });
  if (options.checksDatabase) await requireDatabase();
  // the development server sees to it that what was changed counts at once
  const handle = dev ? site.handle : await besideNext(site);
  const onBug = (thrown: unknown, requestId: string) => tellFailure(thrown, { requestId });
  const isTold = log().isLevelEnabled("debug");
  const onAnswer = (answered: Answered) => {
    countRequest(answered);
    if (isTold) log().debug({ event: "request", ...answered });
  };
  const server = createListener(handle, { trustProxyHops, origin, dev, onBug, onAnswer });
  const drain = drainable(server);
  stop.throwIfAborted();
  server.listen(port, host);
  await once(server, "listening");

  return {
    async close(idleSeconds = 0) {
      beginDraining();
      setTimeout(() => process.exit(), CLOSE_SECONDS * 1000).unref();
      await drain({ patienceSeconds: dev ? DEV_DRAIN_SECONDS : DRAIN_SECONDS, idleSeconds });
      const { closeAuth } = await import("@/lib/server");
      await Promise.allSettled([site.close(), closeAuth()]);
    },
  };
}

/** Next has what is not plain; the lanes answer the rest. */
async function besideNext(site: Site): Promise<Handler> {
  const lane = await openLane(LANE_FILE);
  const page = inTurn(pageEntrance(site.handle, await openPageLane(site.handle)));
  return (request, response) =>
    isApiPath(request.url ?? "") ? lane(request, response) : page(request, response);
}

async function requireDatabase(): Promise<void> {
  // loaded after Next, which has its own copy of it and the same context
  const { auth } = await import("@/lib/server");
  await (await auth()).store.ping();
}
