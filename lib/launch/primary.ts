import cluster from "node:cluster";
import { on } from "node:events";
import { isatty } from "node:tty";
import { settings } from "@/lib/config";
import { sumMetricsOfWorkers } from "@/lib/metrics/cluster";
import { announce, notice } from "./announce";
import { announceStart, announceStop } from "./announce-start";
import { Fleet, type FleetWatcher } from "./fleet";
import { forkInstance } from "./fork-instance";
import { aborted, stopSignal } from "./stop-signal";

/** A little longer than it takes an instance to cut off what it cannot finish. */
const STOP_SECONDS = 9.8;

const STDOUT = 1;

/**
 * The primary of a cluster: runs `prepare`, then keeps as many instances of this very program serving as the settings
 * say, until it is told to stop. SIGHUP replaces all of them, one after the other, and the new ones read `.env` anew.
 * Serves nothing itself: the instances take connections from one listening socket.
 *
 * @throws what `prepare` does; InstanceFailure when the first instance does not come up
 */
export async function runPrimary(prepare: () => Promise<void>): Promise<void> {
  // handed over one by one, a connection would hang if its instance were killed meanwhile
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  sumMetricsOfWorkers(cluster);
  const fleet = new Fleet(() => forkInstance(settings()), WATCHER);
  const stop = stopSignal(() => {
    fleet.kill();
    process.exit(1);
  });
  // from now on, so that one that comes too early is not the end of it
  const hangUps = on(process, "SIGHUP", { signal: stop });
  await prepare();

  const { instances } = settings();
  await Promise.race([fleet.start(instances), aborted(stop)]);
  if (!stop.aborted) {
    announceStart({ instances, pid: process.pid });
    notice(`kill -HUP ${process.pid} replaces its ${instances} instances, one after the other.`);
    rollOn(hangUps, fleet);
  }
  await aborted(stop);
  announceStop(stop);
  setTimeout(() => {
    fleet.kill();
    process.exit();
  }, STOP_SECONDS * 1000).unref();
  await fleet.stop();
}

async function rollOn(hangUps: AsyncIterable<unknown>, fleet: Fleet): Promise<void> {
  try {
    for await (const _ of hangUps) {
      if (isTerminalGone()) endByHangUp();
      else await roll(fleet);
    }
  } catch (error) {
    if ((error as Error).name !== "AbortError") throw error;
  }
}

async function roll(fleet: Fleet): Promise<void> {
  announce("sys_restart", "Replacing the instances ...", { reason: "SIGHUP" });
  try {
    if (await fleet.roll()) notice("All instances are replaced.");
  } catch (error) {
    const reason = (error as Error).message;
    announce("sys_crash", `A new instance did not come up, ${reason}: the old ones stay.`, {
      reason,
    });
  }
}

/** A terminal that is closed sends SIGHUP too. */
const isTerminalGone = () => process.stdout.isTTY && !isatty(STDOUT);

/** Ends as a program does that knows nothing of SIGHUP; the instances then drain and end. */
function endByHangUp(): void {
  process.removeAllListeners("SIGHUP");
  process.kill(process.pid, "SIGHUP");
}

const WATCHER: FleetWatcher = {
  served: ({ id, pid }) => announce("sys_notice", `Instance ${id} serves.`, { instance: id, pid }),
  crashed: ({ id }, reason) =>
    announce("sys_crash", `Instance ${id} ended with ${reason}; another is started.`, {
      instance: id,
      reason,
    }),
  failed: ({ message: reason }) =>
    announce("sys_crash", `An instance did not come up, ${reason}; it is tried again.`, { reason }),
};
