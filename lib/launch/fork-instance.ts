import cluster, { type Worker } from "node:cluster";
import type { Settings } from "@/lib/config";
import { stdoutLines } from "@/lib/log";
import { eachLine } from "./each-line";
import { withoutAdditions } from "./environment";
import { type Instance, InstanceFailure } from "./fleet";
import type { InstanceMessage } from "./instance";

/** What does not change as long as the primary lives. */
type Common = Pick<Settings, "instances" | "host" | "port">;

/** Long: on a machine that is too busy to start one, starting another does not help. */
const START_SECONDS = 120;

/**
 * Starts this very program again, as one of so many instances that listen at one place, with what this process was given
 * otherwise. What it writes comes out here, line by line: processes that share a pipe with a slow reader tear each
 * other's lines.
 */
export function forkInstance({ instances, host, port }: Common): Instance {
  cluster.setupPrimary({ stdio: ["inherit", "pipe", "inherit", "ipc"] });
  const common = { INSTANCES: String(instances), HOST: host, PORT: String(port) };
  const worker = cluster.fork({ ...withoutAdditions(), ...common });
  if (worker.process.stdout) eachLine(worker.process.stdout, (line) => stdoutLines().write(line));
  const ended = new Promise<string>((resolve) => {
    // not merely ended: also everything that it wrote has come
    worker.process.once("close", (code, signal) => resolve(signal ?? `code ${code}`));
    worker.on("error", ({ message }) => {
      // one that was killed has broken its line as well, and its end tells; one that never began has no end
      if (worker.process.pid === undefined) resolve(message);
    });
  });
  return {
    id: worker.id,
    pid: worker.process.pid ?? 0,
    serving: servingOf(worker, ended),
    ended,
    stop() {
      const message: InstanceMessage = { type: "latchkey:stop" };
      if (worker.isConnected()) worker.send(message, () => {});
    },
    kill: () => void worker.process.kill("SIGKILL"),
  };
}

/** Resolves when it serves. @throws InstanceFailure when it ends before that, or takes too long, which ends it */
function servingOf(worker: Worker, ended: Promise<string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => worker.process.kill("SIGKILL"), START_SECONDS * 1000);
    worker.on("message", ({ type }: InstanceMessage) => {
      if (type !== "latchkey:serving") return;
      clearTimeout(late);
      resolve();
    });
    ended.then((how) => {
      clearTimeout(late);
      reject(new InstanceFailure(`it ended with ${how}`));
    });
  });
}
