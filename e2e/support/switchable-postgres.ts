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
 * A new database on a server of its own, which `off` really stops. A server that `TEST_POSTGRES_URL` names is not ours
 * to stop: the way to it is cut instead.
 */
export async function startSwitchablePostgres(): Promise<SwitchablePostgres> {
  if (!process.env.TEST_POSTGRES_URL) {
    const server = await startOwnPostgres();
    const url = await server.createDatabase();
    const { halt, resume, stop } = server;
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
