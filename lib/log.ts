import pino, { type DestinationStream, type Logger } from "pino";
import { type LogLevel, settings } from "@/lib/config";
import { singleton } from "@/lib/singleton";
import { traceFields } from "@/lib/tracing/spans";
import { type LineWriter, lineWriter } from "./line-writer";
import { describeError, discreetFields, safeLine } from "./redaction";

const STDOUT = 1;
const STDERR = 2;

/** The log of this process: JSON lines on stdout, one event each, in UTC. Logging never throws and never waits. */
export function log(): Logger {
  return singleton("log", () => openLog(settings().logLevel, stdoutLines()));
}

/** Makes it stderr instead, for a command whose stdout is data. To be called before anything is logged. */
export function logOnStderr(level: LogLevel): void {
  singleton("log", () => openLog(level, openLines(STDERR)));
}

/** The one writer to stdout of this process: two would tear each other's lines. */
export function stdoutLines(): LineWriter {
  return singleton("stdout lines", () => openLines(STDOUT));
}

function openLines(fd: number): LineWriter {
  const lines = lineWriter(fd);
  process.once("exit", () => lines.flush());
  return lines;
}

/**
 * A log with another destination. What has the form of a secret does not get there, texts are of bounded length, and
 * of a thrown value under `err` nothing is told but what `describeError` lets through.
 */
export function openLog(level: LogLevel, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => traceFields(),
      formatters: { level: (label) => ({ level: label }), log: discreetFields },
      serializers: { err: (thrown: unknown) => describeError(thrown) },
      // not `err`: pino would repeat the message of an error under that key, as it is
      errorKey: "unused",
      hooks: { streamWrite: safeLine },
    },
    destination,
  );
}
