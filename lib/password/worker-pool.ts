import { join } from "node:path";
import { Piscina } from "piscina";
import { tooBusy } from "./backlog";

const IDLE_MILLISECONDS = 60_000;

export interface WorkerPool {
  /** How many tasks wait for a worker. */
  readonly queueSize: number;
  /** Calls an export of the file. @throws AuthError `unavailable` when a stop cut it off; what the export throws */
  run<Result>(name: string, task: object): Promise<Result>;
  close(): Promise<void>;
}

/**
 * A file of this folder in at most so many worker threads, which are started when needed and end when idle: the lists
 * and the threads cost memory that an idle server need not hold. Does NOT bound the queue.
 *
 * @param argv what each thread finds in `process.argv` from the third place on
 */
export function openWorkerPool(
  file: string,
  maxThreads: number,
  argv: readonly string[] = [],
): WorkerPool {
  const pool = new Piscina({
    filename: join(process.cwd(), "lib/password", file),
    minThreads: 0,
    maxThreads,
    idleTimeout: IDLE_MILLISECONDS,
    // first come, first served: by default a task that finds no worker stands aside
    stricterFIFO: true,
    // the worker is plain JavaScript: none of the loaders that this process was started with
    execArgv: [],
    argv: [...argv],
  });
  let isClosing = false;
  return {
    get queueSize() {
      return pool.queueSize;
    },
    async run(name, task) {
      try {
        return await pool.run(task, { name });
      } catch (error) {
        // for another instance to do
        throw isClosing ? tooBusy(error) : error;
      }
    },
    close() {
      isClosing = true;
      return pool.close();
    },
  };
}
