import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQueryable,
} from "@prisma/driver-adapter-utils";
import pg from "pg";
import { lend } from "./lend";

/**
 * Milliseconds for each lock, that of another process that migrates the same database included; the work itself takes
 * what it takes, whatever the URL or the role says of the server's requests.
 */
const LIMITS = `
  SET LOCAL lock_timeout = 30000;
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0`;

/**
 * The advisory lock under which everybody migrates, the Prisma CLI included. Ours ends with the transaction. The schema
 * engine takes it too, again and on this connection, for as long as the connection lives: behind PgBouncer that may be
 * long after us, so it is given back.
 */
const MIGRATION_LOCK = 72_707_369;
const UNLOCK = "SELECT pg_advisory_unlock_all()";

/**
 * Does `work` in one transaction on a PostgreSQL database, which must exist, while nobody else migrates it.
 * What PostgreSQL refuses inside a transaction (CREATE INDEX CONCURRENTLY) cannot be in a migration.
 */
export async function inPostgres<T>(
  url: string,
  work: (factory: SqlMigrationAwareDriverAdapterFactory) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  pool.on("connect", markChars);
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  try {
    const transaction = await adapter.startTransaction("READ COMMITTED");
    const run = (sql: string) => transaction.executeRaw({ sql, args: [], argTypes: [] });
    try {
      await run(LIMITS);
      await run(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
      const result = await work(lend(withMarkedChars(transaction), run));
      await run(UNLOCK);
      await run("COMMIT");
      return result;
    } catch (error) {
      // in one message, behind PgBouncer to one server; a lost connection has done both already
      await run(`ROLLBACK; ${UNLOCK}`).catch(() => {});
      throw error;
    } finally {
      await transaction.commit(); // only gives the connection back
    }
  } finally {
    await adapter.dispose();
  }
}

/** The object identifiers of `"char"`, in which PostgreSQL's catalog is written, and of its array. */
const CHAR = 18;
const CHAR_ARRAY = 1002;

/**
 * Prisma's adapter refuses `"char"`, without which the schema engine cannot read what tables there are. It knows the
 * array, which no column of the catalog is, so that one stands for the other on the way through the adapter.
 */
function markChars(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (config: unknown) => Promise<Answer | Answer[]>;
  Object.assign(client, {
    async query(config: unknown) {
      const answer = await query(config);
      for (const { fields } of [answer].flat()) {
        for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
      }
      return answer;
    },
  });
}

interface Answer {
  readonly fields: { dataTypeID: number }[];
}

function withMarkedChars(connection: SqlQueryable): SqlQueryable {
  const { CharacterArray, Character } = ColumnTypeEnum;
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    executeRaw: (query) => connection.executeRaw(query),
    async queryRaw(query) {
      const { columnTypes, ...result } = await connection.queryRaw(query);
      const types = columnTypes.map((type) => (type === CharacterArray ? Character : type));
      return { ...result, columnTypes: types };
    },
  };
}
