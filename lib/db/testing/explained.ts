import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlDriverAdapter, SqlQuery, SqlQueryable } from "@prisma/driver-adapter-utils";
import type { Store } from "@/lib/auth/store";
import { type Client, Prisma } from "../client";
import { PatientPool } from "../postgres-pool";
import { PostgresStatements } from "../postgres-statements";
import { prismaStore } from "../prisma-store";
import { SharedFile } from "../shared-file";
import { PatientSqlite } from "../sqlite";
import { SqliteStatements } from "../sqlite-statements";
import { type Statement, type Statements, statement, type Values } from "../statement";

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
  const open = url.startsWith("file:") ? openSqlite : openPostgres;
  const { store, close } = await open(url, keep);
  return {
    store,
    takePlans() {
      const taken = plans;
      plans = [];
      return taken;
    },
    close,
  };
}

type Keep = (lines: readonly string[]) => void;

type Opened = Pick<ExplainedStore, "store" | "close">;

async function openSqlite(url: string, keep: Keep): Promise<Opened> {
  const { PrismaClient } = await import("../generated/sqlite/client");
  class Explaining extends PatientSqlite {
    override async connect() {
      return explaining(await super.connect(), "EXPLAIN QUERY PLAN", keep);
    }
  }
  const file = new SharedFile(url);
  const client = new PrismaClient({ adapter: new Explaining(url, file) });
  const statements = new SqliteStatements(file);
  const explained = explainingStatements(statements, "EXPLAIN QUERY PLAN", keep);
  return {
    store: prismaStore(client, Prisma.empty, explained),
    async close() {
      await Promise.all([client.$disconnect(), statements.close()]);
    },
  };
}

async function openPostgres(url: string, keep: Keep): Promise<Opened> {
  const { PrismaClient } = await import("../generated/postgresql/client");
  class Explaining extends PrismaPg {
    override async connect() {
      const connection = await super.connect();
      return Object.assign(connection, explaining(connection, "EXPLAIN", keep));
    }
  }
  const pool = new PatientPool(url, 1);
  const client = new PrismaClient({ adapter: new Explaining(pool) }) as unknown as Client;
  const explained = explainingStatements(new PostgresStatements(pool), "EXPLAIN", keep);
  return {
    store: prismaStore(client, Prisma.sql`FOR NO KEY UPDATE`, explained),
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}

/** The text of a plan's line is the last column of both databases. */
const lineOf = (columns: readonly unknown[]) => String(columns.at(-1)).trim();

function explainingStatements(on: Statements, explain: string, keep: Keep): Statements {
  const look = async <Name extends string>({ text }: Statement<Name>, values: Values<Name>) => {
    const asked = statement<Name>(`${explain} ${text}`);
    const plan = await on.read<Readonly<Record<string, unknown>>, Name>(asked, values);
    keep(plan.map((row) => lineOf(Object.values(row))));
  };
  return {
    async read(asked, values) {
      await look(asked, values);
      return on.read(asked, values);
    },
    async write(asked, values) {
      await look(asked, values);
      return on.write(asked, values);
    },
  };
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
    keep(rows.map(lineOf));
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
