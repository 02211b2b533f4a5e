import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

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
      {
        extends: true,
        test: {
          name: "without a database server",
          include: ["{app,lib,.ci}/**/*.test.{ts,tsx}", "*.test.ts"],
          exclude: ["lib/db/**", "**/node_modules/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "databases",
          include: ["{lib/db,prisma}/**/*.test.ts"],
          // one PostgreSQL for all of them; started only when one of them runs
          globalSetup: ["lib/db/testing/postgres-setup.ts"],
        },
      },
    ],
  },
});
