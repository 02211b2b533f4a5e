// Loaded into the server by NODE_OPTIONS: on SIGUSR2 it says how late the event loop has been since the last time.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const RESOLUTION_MS = 10;

if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  process.on("SIGUSR2", () => {
    const milliseconds = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    const event_loop = { p99: milliseconds(delay.percentile(99)), max: milliseconds(delay.max) };
    process.stdout.write(`${JSON.stringify({ event_loop })}\n`);
    delay.reset();
  });
}
