import { join } from "node:path";
import { newFolder, removeFolder } from "@/lib/testing/evidence";
import { startPostgres, type TestServer } from "./postgres";

/** The databases on which everything must hold. */
export type DatabaseKind = "sqlite" | "postgresql";

/** An empty database of a test's own, not migrated. */
export interface TestDatabase {
  readonly url: string;
  /** Also ends the connections to it. Keeps what it held where evidence is kept. */
  remove(): Promise<void>;
}

/** A file in a folder of its own, which is not there yet. */
export function newSqlite(): TestDatabase {
  const folder = newFolder("sqlite-");
  return { url: `file:${join(folder, "test.db")}`, remove: () => removeFolder(folder) };
}

/** @param server an object of this database's own: all that was created through it is removed with it. */
export async function newPostgres(server: TestServer): Promise<TestDatabase> {
  return { url: await server.createDatabase(), remove: server.stop };
}

/** On the server that `TEST_POSTGRES_URL` names, or one that lives as long as the database. */
export async function newDatabase(kind: DatabaseKind): Promise<TestDatabase> {
  return kind === "sqlite" ? newSqlite() : newPostgres(await startPostgres());
}
