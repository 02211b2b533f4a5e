import pino, { type Logger } from "pino";
import { settings } from "@/lib/config";
import { singleton } from "@/lib/singleton";

/** JSON lines on stdout, one event each, in UTC. */
export function log(): Logger {
  return singleton("log", () =>
    pino({
      level: settings().logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    }),
  );
}
