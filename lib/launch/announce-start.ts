import { settings } from "@/lib/config";
import { version } from "@/package.json";
import { providerOf } from "@/prisma/providers";
import { announce } from "./announce";

/** Tells that it listens, where, and as what. `facts` are added. */
export function announceStart(facts: Readonly<Record<string, string | number>> = {}): void {
  const { host, port, origin, databaseUrl, limitsRates } = settings();
  const sentence = `Latchkey listens on ${host}:${port}. The first account is made at ${origin}/register`;
  announce("sys_startup", sentence, {
    version,
    node: process.version,
    database: providerOf(databaseUrl),
    rateLimits: limitsRates ? "on" : "off",
    ...facts,
  });
}

/** Tells that it was told to stop. */
export function announceStop({ reason }: AbortSignal): void {
  announce("sys_shutdown", "Stopping ...", { reason: reason.message });
}
