import { setTimeout as pause } from "node:timers/promises";
import type { Latchkey } from "./latchkey";

/** Variables of a server whose event loop can be read. */
export const EVENT_LOOP_PROBE = {
  NODE_OPTIONS: `--import=${new URL("event-loop-probe.mjs", import.meta.url).href}`,
} as const;

const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 50;

/**
 * By how many milliseconds 99 of 100 turns of the event loop were late at most since this was read last. Null: the
 * server was started without the probe, or on Windows, which has no such signal.
 */
export async function readEventLoop(app: Latchkey): Promise<number | null> {
  if (!app.logs().includes("event_loop_probe") || process.platform === "win32") return null;
  const before = app.logs().length;
  process.kill(app.pid, "SIGUSR2");
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    const [, lateMs] = /"event_loop_p99_ms":([\d.]+)/.exec(app.logs().slice(before)) ?? [];
    if (lateMs !== undefined) return Number(lateMs);
  }
  return null;
}
