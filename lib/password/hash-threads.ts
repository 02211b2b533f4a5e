import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { settings } from "@/lib/config";

/** How many passwords this process hashes at a time: one a core, which instances of a cluster share. */
export function hashThreads(): number {
  const cores = availableParallelism();
  return cluster.isWorker ? Math.ceil(cores / settings().instances) : cores;
}
