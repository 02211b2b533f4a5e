import type { JudgePassword } from "@/lib/auth/new-password";
import { tooBusy } from "./backlog";
import type { judge } from "./strength.mjs";
import { openWorkerPool } from "./worker-pool";

/** An estimate takes some 5 ms: nobody waits longer than a second, unless all of them are made to be slow. */
const QUEUE = 128;

export interface StrengthPool {
  readonly judgePassword: JudgePassword;
  close(): Promise<void>;
}

/** Judges passwords in a worker thread of their own, so that neither hashes nor the event loop wait for it. */
export function openStrengthPool(): StrengthPool {
  const pool = openWorkerPool("strength.mjs", 1);
  return {
    async judgePassword(password, ownWords) {
      if (pool.queueSize >= QUEUE) throw tooBusy();
      const { weakness } = await pool.run<ReturnType<typeof judge>>("judge", {
        password,
        ownWords,
      });
      return weakness;
    },
    close: () => pool.close(),
  };
}
