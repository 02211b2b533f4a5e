import { once } from "node:events";
import { SettingsError, settings } from "@/lib/config";
import { tellFailure } from "@/lib/http/failure";
import { announce } from "@/lib/launch/announce";
import type { Answered } from "@/lib/launch/answered";
import { BuildError } from "@/lib/launch/build";
import { logConsole } from "@/lib/launch/console-lines";
import { drainable } from "@/lib/launch/drain";
import { createListener } from "@/lib/launch/listener";
import { prepareCode } from "@/lib/launch/prepare-code";
import { openSite } from "@/lib/launch/site";
import { stopSignal } from "@/lib/launch/stop-signal";
import { log } from "@/lib/log";
import { migrate } from "@/prisma/migrate";
import { version } from "./package.json";

/**
 * What `npm start` and, with `--dev`, `npm run dev` run: makes ready what is not ready, then serves until it is told
 * to stop. One process, so that signals arrive.
 */
async function run(dev: boolean): Promise<void> {
  const stop = stopSignal();
  // Next and React pick their build by it when they are loaded
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";

  const { host, port, origin, trustProxyHops, databaseUrl, limitsRates, notes } = settings();
  Object.assign(process.env, { HOST: host, PORT: String(port) });
  if (!dev) logConsole(log());
  for (const note of notes) say(note);

  await prepareCode(!dev, stop);
  for (const name of await migrate(databaseUrl)) say(`Applied the migration ${name}.`);

  const site = await openSite({ dev, host, port });
  const onBug = (thrown: unknown, requestId: string) => tellFailure(thrown, { requestId });
  const onAnswer = log().isLevelEnabled("debug") ? tellRequest : undefined;
  const server = createListener(site.handle, { trustProxyHops, origin, dev, onBug, onAnswer });
  const drain = drainable(server);
  stop.throwIfAborted();
  server.listen(port, host);
  await once(server, "listening");
  const address = `Latchkey listens on ${host}:${port}. The first account is made at ${origin}/register`;
  announce("sys_startup", address, {
    version,
    node: process.version,
    database: databaseUrl.startsWith("file:") ? "sqlite" : "postgresql",
    rateLimits: limitsRates ? "on" : "off",
  });

  if (!stop.aborted) await once(stop, "abort");
  announce("sys_shutdown", "Stopping ...", { reason: stop.reason.message });
  setTimeout(() => process.exit(), CLOSE_SECONDS * 1000).unref();
  await drain(dev ? DEV_DRAIN_SECONDS : DRAIN_SECONDS);
  const { closeAuth } = await import("@/lib/server");
  await Promise.allSettled([site.close(), closeAuth()]);
  process.exit();
}

/** Within the 10 seconds that process managers give before they kill: first the requests, then what they used. */
const DRAIN_SECONDS = 9;
const CLOSE_SECONDS = 9.6;
/** Open pages hold a connection for hot reloading that ends with us alone. */
const DEV_DRAIN_SECONDS = 0.5;

const say = (sentence: string) => announce("sys_notice", sentence);

const tellRequest = (answered: Answered) => log().debug({ event: "request", ...answered });

/** What to tell the person who started this; the stack only of what nobody expected. */
function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (error instanceof BuildError) return `${error.output}\n${error.message}.`;
  const { name, code, message, stack } = error as NodeJS.ErrnoException;
  if (name === "DriverAdapterError")
    return `The database of DATABASE_URL is not usable: ${message}`;
  if (code === "EADDRINUSE")
    return `${message}: something listens there already. Set PORT to another one.`;
  if (code === "ENOTFOUND" || code === "EADDRNOTAVAIL") {
    return "HOST is not an address of this machine.";
  }
  if (code === "EACCES") return `${message}: this address or file is not ours to use.`;
  return stack ?? String(error);
}

run(process.argv.includes("--dev")).catch((error: unknown) => {
  if ((error as Error).name !== "AbortError") process.stderr.write(`${explain(error)}\n`);
  process.exit((error as Error).name === "AbortError" ? 0 : 1);
});
