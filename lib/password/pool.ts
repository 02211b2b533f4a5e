import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Piscina } from "piscina";
import { AuthError } from "@/lib/auth/errors";
import type { PasswordHasher } from "@/lib/auth/password";

/** How many hashes may wait for one worker: about 7 s at cost 12, so nobody waits longer than people do. */
const QUEUE_PER_WORKER = 24;
const IDLE_MILLISECONDS = 60_000;

export interface PasswordPool extends PasswordHasher {
  close(): Promise<void>;
}

/** bcrypt on one worker thread a core, with a bounded queue. Full means `unavailable`, at once. */
export function openPasswordPool(): PasswordPool {
  const workers = availableParallelism();
  const pool = new Piscina({
    filename: join(process.cwd(), "lib/password/bcrypt-worker.mjs"),
    minThreads: 0,
    maxThreads: workers,
    maxQueue: workers * QUEUE_PER_WORKER,
    idleTimeout: IDLE_MILLISECONDS,
    // the worker is plain JavaScript: none of the loaders that this process was started with
    execArgv: [],
  });
  let isClosing = false;
  const run = async <Result>(name: string, task: object): Promise<Result> => {
    if (pool.queueSize >= pool.options.maxQueue) throw busy();
    try {
      return await pool.run(task, { name });
    } catch (error) {
      // cut off by a stop: for another instance to do
      throw isClosing ? busy(error) : error;
    }
  };
  return {
    hash: (text, cost) => run("hash", { text, cost }),
    compare: (text, bcryptHash) => run("compare", { text, bcryptHash }),
    close() {
      isClosing = true;
      return pool.close();
    },
  };
}

const RETRY_AFTER_SECONDS = 5;

function busy(cause?: unknown): AuthError {
  return new AuthError("unavailable", { retryAfterSeconds: RETRY_AFTER_SECONDS, cause });
}
