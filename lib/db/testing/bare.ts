import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import pg from "pg";

/** A connection past the store, for what the store never does: filling in bulk, looking at plans and sizes. */
export interface Bare {
  readonly provider: "sqlite" | "postgresql";
  /** Runs one statement; `text` is its only parameter, which is called `?` on SQLite and `$1` on PostgreSQL. */
  run(sql: string, text?: string): Promise<void>;
  /** Numbers that do not fit a double come as text. */
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** Opens the database of a `DATABASE_URL`, which must be there. */
export async function openBare(url: string): Promise<Bare> {
  return url.startsWith("file:") ? bareSqlite(url) : barePostgres(url);
}

/** Asks one thing over a connection of its own. */
export async function askBare(url: string, sql: string): ReturnType<Bare["rows"]> {
  const bare = await openBare(url);
  try {
    return await bare.rows(sql);
  } finally {
    await bare.close();
  }
}

async function bareSqlite(url: string): Promise<Bare> {
  const connection = await new PrismaBetterSqlite3({ url }).connect();
  const query = (sql: string, args: unknown[]) => ({
    sql,
    args,
    argTypes: args.map(() => ({ scalarType: "string", arity: "scalar" }) as const),
  });
  return {
    provider: "sqlite",
    async run(sql, text) {
      await connection.executeRaw(query(sql, text === undefined ? [] : [text]));
    },
    async rows(sql) {
      const { columnNames, rows } = await connection.queryRaw(query(sql, []));
      return rows.map((row) => Object.fromEntries(columnNames.map((name, at) => [name, row[at]])));
    },
    close: () => connection.dispose(),
  };
}

async function barePostgres(url: string): Promise<Bare> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    provider: "postgresql",
    async run(sql, text) {
      await client.query(sql, text === undefined ? [] : [text]);
    },
    rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    close: () => client.end(),
  };
}
