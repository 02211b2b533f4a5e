import pg from "pg";
import { CONNECTION } from "./postgres-pool";

/** What an operator wants to know of a PostgreSQL server, seen by a connection as the store makes them. */
export interface PostgresFacts {
  /** `16.4` and what its packager adds. */
  readonly version: string;
  readonly major: number;
  /** A standby, which takes no writes. */
  readonly isStandby: boolean;
  readonly isolation: string;
  /** `off`: what was answered may be lost in a crash of the server. */
  readonly synchronousCommit: string;
  readonly isEncrypted: boolean;
  /** Connections that are not kept for superusers. */
  readonly connections: number;
  /** Of everybody, ours included. */
  readonly connectionsInUse: number;
}

const FACTS = `
  SELECT current_setting('server_version') AS "version",
    CAST(current_setting('server_version_num') AS INTEGER) / 10000 AS "major",
    pg_is_in_recovery() AS "isStandby",
    current_setting('transaction_isolation') AS "isolation",
    current_setting('synchronous_commit') AS "synchronousCommit",
    COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), FALSE) AS "isEncrypted",
    CAST(current_setting('max_connections') AS INTEGER)
      - CAST(current_setting('superuser_reserved_connections') AS INTEGER) AS "connections",
    (SELECT CAST(COUNT(*) AS INTEGER) FROM pg_stat_activity WHERE datname IS NOT NULL) AS "connectionsInUse"`;

/** Asks one connection of its own, and changes nothing. @throws what the driver throws */
export async function postgresFacts(url: string): Promise<PostgresFacts> {
  const client = new pg.Client({ ...CONNECTION, connectionString: url });
  // a connection that breaks is told by the query, too
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<PostgresFacts>(FACTS);
    const [facts] = rows;
    if (facts === undefined) throw new Error("PostgreSQL told nothing of itself");
    return facts;
  } finally {
    await client.end().catch(() => {});
  }
}
