// Loaded into a server before it starts: on SIGUSR2 it says how late the event loop was since it said so last.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const RESOLUTION_MS = 10;

if (isMainThread && process.argv[1]?.endsWith("start.mjs") && process.platform !== "win32") {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
  process.on("SIGUSR2", () => {
    say({ event_loop_p99_ms: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS) });
    delay.reset();
  });
  say({ event_loop_probe: "ready" });
}
