import { startOwnPostgres, startPostgres } from "../../lib/db/testing/postgres";
import { openCuttableLine } from "./cuttable-line";

/** A database that can be away for a while. */
export interface SwitchablePostgres {
  readonly url: string;
  /** What `off` does to it. */
  readonly how: string;
  off(): Promise<void>;
  on(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A new database on a server of its own, which `off` really stops. Where none can be started, on the one that
 * `TEST_POSTGRES_URL` names: it is not ours to stop, so the way to it is cut instead.
 */
export async function startSwitchablePostgres(): Promise<SwitchablePostgres> {
  const own = await startOwnPostgres().catch(() => null);
  if (own !== null) {
    const { halt, resume, stop } = own;
    const url = await own.createDatabase();
    return { url, how: "PostgreSQL was stopped", off: halt, on: resume, stop };
  }
  const server = await startPostgres();
  const line = await openCuttableLine(await server.createDatabase());
  return {
    url: line.url,
    how: "the way to PostgreSQL was cut",
    off: async () => line.cut(),
    on: () => line.mend(),
    stop: () => server.stop(),
  };
}
