import type { AuthContext } from "@/lib/auth/context";
import { settings } from "@/lib/config";
import { logOnStderr } from "@/lib/log";
import { auth, closeAuth } from "@/lib/server";

/**
 * Does `work` with what a server would do it with: settings, database, keys and workers, closed afterwards. Security
 * events are log lines on stderr, and none at a terminal, whose reader sees what was done anyway.
 *
 * Does NOT migrate.
 *
 * @throws SettingsError, and what `work` throws
 */
export async function withContext<T>(work: (context: AuthContext) => Promise<T>): Promise<T> {
  const { logLevel } = settings();
  logOnStderr(process.stderr.isTTY ? "silent" : logLevel);
  try {
    return await work(await auth());
  } finally {
    await closeAuth();
  }
}
