import cluster from "node:cluster";
import { metricsOfAllWorkers, sumMetricsOfWorkers } from "../cluster";
import { instruments } from "../instruments";
import { renderMetrics } from "../render";

/** Longer than any machine is busy. */
const LONG_MS = 30_000;

/**
 * A cluster of workers that count so many registrations each as the first argument says; one that is told 0 answers
 * nobody. The first then asks for the metrics of all and prints them. The primary waits for each as long as the second
 * argument says; 0: it answers nobody either.
 */
const [counts = "", partMs = "0"] = process.argv.slice(2);
const answers = Number(partMs) > 0;

if (cluster.isPrimary) {
  if (answers) sumMetricsOfWorkers(cluster, Number(partMs));
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
  const sum = count > 0 ? metricsOfAllWorkers(registry, LONG_MS) : null;
  process.on("message", async (message) => {
    if (message !== "ask") return;
    // the handler's own way, with its shorter patience, where nobody will answer
    const told = answers ? await sum?.() : await renderMetrics().catch(String);
    process.stdout.write(String(told), () => process.exit());
  });
  process.send?.("ready");
}
