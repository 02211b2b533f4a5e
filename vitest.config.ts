import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { testGroups } from "./.ci/test-groups.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const groups = testGroups(root);

/** Patterns that match these files alone, whose names may hold brackets. */
const only = (...files: readonly string[]) => files.map((file) => file.replace(/[()[\]]/g, "\\$&"));

// one PostgreSQL for all files of a project; started only when one of them runs
const globalSetup = ["lib/db/testing/postgres-setup.ts"];

export default defineConfig({
  resolve: {
    alias: {
      "@": root.slice(0, -1),
      // what a Server Component sees; the real module throws outside of one
      "server-only": `${root}node_modules/server-only/empty.js`,
    },
  },
  test: {
    // a limit for what hangs, not a measure of speed: machines are shared
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: [".ci/vitest-setup.ts"],
    projects: [
      { extends: true, test: { name: "no database", include: only(...groups["no database"]) } },
      {
        extends: true,
        test: { name: "databases", include: only(...groups.databases), globalSetup },
      },
      {
        extends: true,
        test: {
          name: "SQLite",
          include: only(...groups["each database"], ...groups["SQLite alone"]),
          provide: { database: "sqlite" },
        },
      },
      {
        extends: true,
        test: {
          name: "PostgreSQL",
          include: only(...groups["each database"]),
          provide: { database: "postgresql" },
          globalSetup,
        },
      },
    ],
  },
});
