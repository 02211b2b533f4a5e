import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Piscina } from "piscina";
import type { PasswordHasher } from "@/lib/auth/password";
import { LATEST_BEGIN_MS, passwordBacklog, tooBusy } from "./backlog";

const IDLE_MILLISECONDS = 60_000;

export interface PasswordPool extends PasswordHasher {
  close(): Promise<void>;
}

/** What `bcrypt-worker.mjs` answers; null: the time to begin was over. */
interface Timed<Result> {
  readonly result: Result;
  readonly milliseconds: number;
}

/** bcrypt on one worker thread a core. Where a hash would have to wait too long it is `unavailable`, within a second. */
export function openPasswordPool(): PasswordPool {
  const backlog = passwordBacklog();
  const pool = new Piscina({
    filename: join(process.cwd(), "lib/password/bcrypt-worker.mjs"),
    minThreads: 0,
    maxThreads: availableParallelism(),
    idleTimeout: IDLE_MILLISECONDS,
    // first come, first served: by default a hash that finds no worker stands aside
    stricterFIFO: true,
    // the worker is plain JavaScript: none of the loaders that this process was started with
    execArgv: [],
  });
  let isClosing = false;
  const run = async <Result>(name: string, cost: number, task: object): Promise<Result> => {
    const leave = await backlog.enter(cost);
    try {
      const beginBefore = performance.timeOrigin + performance.now() + LATEST_BEGIN_MS;
      const timed: Timed<Result> | null = await pool.run({ ...task, beginBefore }, { name });
      if (timed === null) throw tooBusy();
      backlog.measured(cost, timed.milliseconds);
      return timed.result;
    } catch (error) {
      // cut off by a stop
      throw isClosing ? tooBusy(error) : error;
    } finally {
      leave();
    }
  };
  return {
    hash: (text, cost) => run("hash", cost, { text, cost }),
    compare: (text, bcryptHash) => run("compare", costOf(bcryptHash), { text, bcryptHash }),
    close() {
      isClosing = true;
      return pool.close();
    },
  };
}

/** The two digits in `$2b$12$…`. */
function costOf(bcryptHash: string): number {
  return Number(bcryptHash.slice(4, 6));
}
