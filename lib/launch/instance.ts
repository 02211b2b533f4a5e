import cluster from "node:cluster";
import { openServer } from "./open-server";
import { aborted } from "./stop-signal";

/** What an instance of a cluster and its primary say to each other. Whatever else there is to say has another type. */
export type InstanceMessage =
  /** To the primary: it listens. */
  | { readonly type: "latchkey:serving" }
  /** To the instance: drain and end. */
  | { readonly type: "latchkey:stop" };

/** So long who keeps a connection is told by an answer, and not by a cut, that it was the last. */
const IDLE_SECONDS = 1;

/** An instance of a cluster: serves until its primary says otherwise or is gone, then drains. */
export async function runInstance(): Promise<void> {
  const stop = instanceStop();
  const opened = openServer({ dev: false, stop, checksDatabase: true });
  const server = await Promise.race([opened, aborted(stop)]);
  if (!server) return;
  // without a callback a primary that is just gone would be an uncaught error
  cluster.worker?.send({ type: "latchkey:serving" } satisfies InstanceMessage, () => {});
  await aborted(stop);
  await server.close(IDLE_SECONDS);
}

/**
 * Aborted when the primary says so, when it is gone, and by signals, which terminals and service managers send to
 * everybody: any number of them stops an instance once, and a hang-up means nothing here.
 */
function instanceStop(): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(new DOMException("stop", "AbortError"));
  process
    .on("SIGTERM", stop)
    .on("SIGINT", stop)
    .on("SIGHUP", () => {});
  cluster.worker?.on("message", ({ type }: InstanceMessage) => {
    if (type === "latchkey:stop") stop();
  });
  cluster.worker?.once("disconnect", () => {
    // else Node would end it at once
    if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
    stop();
  });
  return controller.signal;
}
