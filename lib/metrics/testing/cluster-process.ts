import cluster from "node:cluster";
import { metricsOfAllWorkers, sumMetricsOfWorkers } from "../cluster";
import { instruments } from "../instruments";
import { renderMetrics } from "../render";

/** Longer than any machine is busy. */
const LONG_MS = 30_000;

/**
 * A cluster of workers that count so many registrations each as they are told; one that is told 0 is
 * silent. The first then asks for the metrics of all and prints them. The primary waits so long for each; 0: it answers
 * nobody.
 */
const [counts = "", partMs = ""] = process.argv.slice(2);

if (cluster.isPrimary) {
  if (Number(partMs) > 0) sumMetricsOfWorkers(cluster, Number(partMs));
  const workers = counts.split(",").map((count) => cluster.fork({ COUNT: count }));
  // the others end with their primary
  workers[0]?.once("exit", () => process.exit());
  let ready = 0;
  cluster.on("message", (_, message) => {
    if (message !== "ready") return;
    ready += 1;
    if (ready === workers.length) workers[0]?.send("ask");
  });
} else {
  const { registrations, registry } = instruments();
  const count = Number(process.env.COUNT);
  registrations.inc(count);
  const sum = count > 0 ? metricsOfAllWorkers(registry, LONG_MS) : renderMetrics;
  process.on("message", async (message) => {
    if (message !== "ask") return;
    // the handler's own way, with its shorter patience, where nobody will answer
    const text = await (Number(partMs) > 0 ? sum() : renderMetrics().catch(String));
    process.stdout.write(String(text), () => process.exit());
  });
  process.send?.("ready");
}
