import { inject } from "vitest";
import { postgresAt } from "./postgres";
import { type DatabaseKind, newPostgres, newSqlite, type TestDatabase } from "./test-database";

declare module "vitest" {
  interface ProvidedContext {
    /** On which database this run of a test file is; undefined in files that are about none, or name theirs. */
    readonly database?: DatabaseKind;
  }
}

/**
 * A database for a test that must hold on each: the file runs once on SQLite and once on PostgreSQL.
 *
 * @throws Error in a file that runs only once
 */
export async function ownDatabase(): Promise<TestDatabase> {
  const kind = inject("database");
  if (kind === "sqlite") return newSqlite();
  if (kind === "postgresql") return newPostgres(postgresAt(inject("postgresUrl")));
  throw new Error("Nothing told on which database this file runs, see .ci/test-groups.ts.");
}
