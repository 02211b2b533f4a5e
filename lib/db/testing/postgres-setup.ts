import type { TestProject } from "vitest/node";
import { startPostgres } from "./postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** See `postgresAt`. */
    readonly postgresUrl: string;
  }
}

/** Vitest's `globalSetup`: one PostgreSQL server for all test files of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide("postgresUrl", server.url);
  return server.stop;
}
