import cluster from "node:cluster";
import { AuthError } from "@/lib/auth/errors";
import { singleton } from "@/lib/singleton";
import { metricsOfAllWorkers } from "./cluster";
import { instruments } from "./instruments";

/**
 * Everything that is counted, in the text format of Prometheus: of this process, or the sum over all workers of a
 * cluster whichever of them is asked.
 *
 * @throws AuthError `unavailable` when the primary of the cluster does not answer: one worker's would look like all
 */
export async function renderMetrics(): Promise<string> {
  if (!cluster.isWorker) return instruments().registry.metrics();
  const text = await joinCluster()();
  if (text === null) throw new AuthError("unavailable");
  return text;
}

/** Makes the metrics of this process, and a worker ready to be asked for them. To be called once it starts. */
export function openMetrics(): void {
  instruments();
  if (cluster.isWorker) joinCluster();
}

const joinCluster = () =>
  singleton("metrics of all workers", () => metricsOfAllWorkers(instruments().registry));
