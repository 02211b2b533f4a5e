import { format, stripVTControlCharacters } from "node:util";
import type { Logger } from "pino";

const LEVELS = { debug: "debug", log: "info", info: "info", warn: "warn", error: "error" } as const;

/**
 * From now on what Next and other libraries print by `console` is a line of the log, with its errors told as the log
 * tells them: stdout holds nothing but JSON lines, and no error shows what hangs on it.
 */
export function logConsole(log: Logger): void {
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.assign(console, {
      [method]: (...words: readonly unknown[]) => {
        const err = words.find((word) => word instanceof Error);
        // a page's error: `instrumentation.ts` tells it, with its request
        if (err !== undefined && "digest" in err) return;
        // of several errors the first is told: formatted, they would show what hangs on them
        const others = words.filter((word) => !(word instanceof Error));
        const text = stripVTControlCharacters(format(...others));
        log[level]({ event: "console", text: text.trim(), ...(err !== undefined && { err }) });
      },
    });
  }
}
