import type { PasswordHasher } from "@/lib/auth/password";
import { LATEST_BEGIN_MS, passwordBacklog, tooBusy } from "./backlog";
import { hashThreads } from "./hash-threads";
import { openWorkerPool } from "./worker-pool";

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
  const pool = openWorkerPool("bcrypt-worker.mjs", hashThreads());
  const run = async <Result>(name: string, cost: number, task: object): Promise<Result> => {
    const leave = await backlog.enter(cost);
    try {
      const beginBefore = performance.timeOrigin + performance.now() + LATEST_BEGIN_MS;
      const timed = await pool.run<Timed<Result> | null>(name, { ...task, beginBefore });
      if (timed === null) throw tooBusy();
      backlog.measured(cost, timed.milliseconds);
      return timed.result;
    } finally {
      leave();
    }
  };
  return {
    hash: (text, cost) => run("hash", cost, { text, cost }),
    compare: (text, bcryptHash) => run("compare", costOf(bcryptHash), { text, bcryptHash }),
    close: () => pool.close(),
  };
}

/** The two digits in `$2b$12$…`. */
function costOf(bcryptHash: string): number {
  return Number(bcryptHash.slice(4, 6));
}
