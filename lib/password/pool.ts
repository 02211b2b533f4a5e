import type { PasswordHasher } from "@/lib/auth/password";
import { LATEST_BEGIN_MS, passwordBacklog, tooBusy } from "./backlog";
import type { BackendName, BackendNews } from "./bcrypt-backend.mjs";
import { hashThreads } from "./hash-threads";
import { openWorkerPool } from "./worker-pool";

export interface PasswordPool extends PasswordHasher {
  close(): Promise<void>;
}

/** What `bcrypt-worker.mjs` answers; null: the time to begin was over. */
interface Timed<Result> {
  readonly result: Result;
  readonly milliseconds: number;
  readonly by: BackendNews;
}

/** Told of each hash how long it waited, and then took, and what computed it. Milliseconds. */
export type OnHashed = (waitedMs: number, tookMs: number, by: BackendNews) => void;

/** bcrypt on one worker thread a core. Where a hash would have to wait too long it is `unavailable`, within a second. */
export function openPasswordPool(
  backend: BackendName,
  onHashed: OnHashed = () => {},
): PasswordPool {
  const backlog = passwordBacklog();
  const pool = openWorkerPool("bcrypt-worker.mjs", hashThreads(), [backend]);
  const run = async <Result>(name: string, cost: number, task: object): Promise<Result> => {
    const cameAt = performance.now();
    const leave = await backlog.enter(cost);
    try {
      const beginBefore = performance.timeOrigin + performance.now() + LATEST_BEGIN_MS;
      const timed = await pool.run<Timed<Result> | null>(name, { ...task, beginBefore });
      if (timed === null) throw tooBusy();
      backlog.measured(cost, timed.milliseconds);
      const waitedMs = Math.max(0, performance.now() - cameAt - timed.milliseconds);
      onHashed(waitedMs, timed.milliseconds, timed.by);
      return timed.result;
    } finally {
      leave();
    }
  };
  return {
    hash: (text, cost) => run("hash", cost, { text, cost }),
    compare: (text, hash) => run("compare", costOf(hash), { text, hash }),
    close: () => pool.close(),
  };
}

/** About as long as Better Auth's scrypt takes. */
const SCRYPT_AS_BCRYPT_COST = 10;

/** The two digits in `$2b$12$…`. */
function costOf(hash: string): number {
  return hash.startsWith("$2") ? Number(hash.slice(4, 6)) : SCRYPT_AS_BCRYPT_COST;
}
