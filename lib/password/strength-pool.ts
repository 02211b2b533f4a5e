import { join } from "node:path";
import { Piscina } from "piscina";
import type { JudgePassword } from "@/lib/auth/new-password";
import { tooBusy } from "./backlog";

/** An estimate takes some 5 ms: nobody waits longer than a second, unless all of them are made to be slow. */
const QUEUE = 128;
/** The lists take 30 MB, which a server that registers nobody need not hold. */
const IDLE_MILLISECONDS = 60_000;

export interface StrengthPool {
  readonly judgePassword: JudgePassword;
  close(): Promise<void>;
}

/** Judges passwords in a worker thread of their own, so that neither hashes nor the event loop wait for it. */
export function openStrengthPool(): StrengthPool {
  const pool = new Piscina({
    filename: join(process.cwd(), "lib/password/strength.mjs"),
    minThreads: 0,
    maxThreads: 1,
    maxQueue: QUEUE,
    idleTimeout: IDLE_MILLISECONDS,
    // first come, first served
    stricterFIFO: true,
    // the worker is plain JavaScript: none of the loaders that this process was started with
    execArgv: [],
  });
  let isClosing = false;
  return {
    async judgePassword(password, ownWords) {
      if (pool.queueSize >= QUEUE) throw tooBusy();
      try {
        const { weakness } = await pool.run({ password, ownWords }, { name: "judge" });
        return weakness;
      } catch (error) {
        // cut off by a stop: for another instance to do
        throw isClosing ? tooBusy(error) : error;
      }
    },
    close() {
      isClosing = true;
      return pool.close();
    },
  };
}
