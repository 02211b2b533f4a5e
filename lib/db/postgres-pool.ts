import type { PoolConfig } from "pg";

/** Milliseconds. A dead database is told as such in less than two seconds, whichever of these ends the waiting. */
const GIVE_UP_MS = 1800;

/** Milliseconds. A little earlier, so that the server has stopped working for somebody who was told 503. */
const SERVER_GIVES_UP_MS = 1500;

/**
 * How the pool of one process treats PostgreSQL. What the URL says of the same things goes first.
 * A connection that failed is thrown away and the next call makes a new one, so an outage ends by itself.
 */
export const POOL = {
  /** Connections of one process. Every call is one short statement: more would only wait on the server's disk. */
  max: 10,
  /** For a free connection or a new one. */
  connectionTimeoutMillis: GIVE_UP_MS,
  /** Ours, for a server that no longer answers at all. */
  query_timeout: GIVE_UP_MS,
  /** The server's, for a whole statement and for each lock it waits for. */
  statement_timeout: SERVER_GIVES_UP_MS,
  lock_timeout: 1000,
  /** The server's, for a transaction whose process has gone away between two statements. */
  idle_in_transaction_session_timeout: 5000,
  keepAlive: true,
  /** What the store relies on, whatever the server's default is. */
  options: "-c default_transaction_isolation=read\\ committed",
} as const satisfies PoolConfig;
