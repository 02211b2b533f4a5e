import { statSync } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Client } from "../client";
import { PrismaClient as PostgresClient } from "../generated/postgresql/client";
import { PrismaClient as SqliteClient } from "../generated/sqlite/client";
import { PatientSqlite } from "../sqlite";
import { pathOf } from "../sqlite-file";
import { askBare } from "./bare";
import { dumpOf } from "./dump";
import { withPostgres } from "./postgres";

/** Ways past the store into a database of either kind, by its URL. */

const isFile = (url: string) => url.startsWith("file:");
const filesOf = (url: string) => ["", "-wal"].map((suffix) => `${pathOf(url)}${suffix}`);

/** A second client, for what no flow of the application does. To be disconnected. */
export function openAside(url: string): Client {
  if (isFile(url)) return new SqliteClient({ adapter: new PatientSqlite(url) });
  const adapter = new PrismaPg({ connectionString: url });
  return new PostgresClient({ adapter }) as unknown as Client;
}

/** Does to a database what the store never would, foreign keys off. Scripts hold no values from outside. */
export async function tamper(url: string, script: string): Promise<void> {
  if (!isFile(url)) {
    const unchecked = `SET session_replication_role = replica; ${script}`;
    await withPostgres(url, (client) => client.query(unchecked));
    return;
  }
  const connection = await new PrismaBetterSqlite3({ url }).connect();
  await connection.executeScript(`PRAGMA foreign_keys = OFF; ${script}`);
  await connection.dispose();
}

/** What somebody finds who gets hold of a database: the bytes of SQLite's file and of its log, or all rows. */
export async function bytesOf(url: string): Promise<Buffer> {
  if (!isFile(url)) return Buffer.from(await dumpOf(url));
  return Buffer.concat(await Promise.all(filesOf(url).map((path) => readFile(path))));
}

/** Bytes on the disk, SQLite's log included. */
export async function sizeOf(url: string): Promise<number> {
  if (isFile(url)) {
    const sizes = filesOf(url).map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
    return sizes.reduce((sum, size) => sum + size);
  }
  const [found] = await askBare(url, "SELECT pg_database_size(current_database()) AS bytes");
  return Number(found?.bytes);
}

/** Makes a database unreachable, for who is connected too; what is answered brings it back. */
export async function takeAway(url: string): Promise<() => Promise<void>> {
  if (isFile(url)) {
    const path = pathOf(url);
    await rename(path, `${path}.away`);
    return () => rename(`${path}.away`, path);
  }
  const name = new URL(url).pathname.slice(1);
  const administer = async (script: string) => {
    const elsewhere = Object.assign(new URL(url), { pathname: "/postgres" }).href;
    await withPostgres(elsewhere, (client) => client.query(script));
  };
  await administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await administer(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  return () => administer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
}
