import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlQuery, SqlQueryable } from "@prisma/driver-adapter-utils";
import type { Store } from "@/lib/auth/store";
import { type Client, Prisma } from "../client";
import { prismaStore } from "../prisma-store";
import { PatientSqlite } from "../sqlite";

/** A store that asks the database, before each of its statements, how it will find the rows. */
export interface ExplainedStore {
  readonly store: Store;
  /** The plans of the statements since the last call, line by line. */
  takePlans(): readonly string[];
  close(): Promise<void>;
}

export async function openExplained(url: string): Promise<ExplainedStore> {
  let plans: string[] = [];
  const keep = (lines: readonly string[]) => void plans.push(...lines);
  const isSqlite = url.startsWith("file:");
  const client = isSqlite ? await sqliteClient(url, keep) : await postgresClient(url, keep);
  return {
    store: prismaStore(client, isSqlite ? Prisma.empty : Prisma.sql`FOR NO KEY UPDATE`),
    takePlans() {
      const taken = plans;
      plans = [];
      return taken;
    },
    close: () => client.$disconnect(),
  };
}

type Keep = (lines: readonly string[]) => void;

async function sqliteClient(url: string, keep: Keep): Promise<Client> {
  const { PrismaClient } = await import("../generated/sqlite/client");
  class Explaining extends PatientSqlite {
    override async connect() {
      return explaining(await super.connect(), "EXPLAIN QUERY PLAN", keep);
    }
  }
  return new PrismaClient({ adapter: new Explaining(url) });
}

async function postgresClient(url: string, keep: Keep): Promise<Client> {
  const { PrismaClient } = await import("../generated/postgresql/client");
  class Explaining extends PrismaPg {
    override async connect() {
      const connection = await super.connect();
      return Object.assign(connection, explaining(connection, "EXPLAIN", keep));
    }
  }
  const adapter = new Explaining({ connectionString: url });
  return new PrismaClient({ adapter }) as unknown as Client;
}

function explaining(connection: SqlDriverAdapter, explain: string, keep: Keep): SqlDriverAdapter {
  const begin = connection.startTransaction.bind(connection);
  return {
    ...explainingQueries(connection, explain, keep),
    provider: connection.provider,
    adapterName: connection.adapterName,
    executeScript: connection.executeScript.bind(connection),
    dispose: connection.dispose.bind(connection),
    async startTransaction(level) {
      const transaction = await begin(level);
      return Object.assign(transaction, explainingQueries(transaction, explain, keep));
    },
  };
}

/** Both ways to run a statement, each after its plan was kept. */
function explainingQueries(on: SqlQueryable, explain: string, keep: Keep) {
  const [queryRaw, executeRaw] = [on.queryRaw.bind(on), on.executeRaw.bind(on)];
  const look = async (query: SqlQuery) => {
    if (!/^\s*(SELECT|INSERT|UPDATE|DELETE)\b/i.test(query.sql)) return;
    const { rows } = await queryRaw({ ...query, sql: `${explain} ${query.sql}` });
    // the text is the last column of both
    keep(rows.map((row) => String(row.at(-1)).trim()));
  };
  return {
    async queryRaw(query: SqlQuery) {
      await look(query);
      return queryRaw(query);
    },
    async executeRaw(query: SqlQuery) {
      await look(query);
      return executeRaw(query);
    },
  };
}
