import { defineConfig } from "@playwright/test";
import { BROWSER_ARGUMENTS, findBrowser } from "./e2e/support/browser";
import type { Shared } from "./e2e/support/fixtures";
import { ONCE } from "./e2e/support/once";

const executablePath = findBrowser();
const once = Object.keys(ONCE).map((name) => `**/${name}.spec.ts`);

export default defineConfig<object, Pick<Shared, "database">>({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  projects: [
    { name: "once", testMatch: once },
    { name: "SQLite", testIgnore: once },
    { name: "PostgreSQL", testIgnore: once, use: { database: "postgresql" } },
  ],
  globalSetup: ["./e2e/support/build-once.ts", "./e2e/support/postgres-once.ts"],
  outputDir: "test-results/traces",
  // each test runs a server and a browser, and hashing passwords wants a core of its own
  workers: 1,
  // a test that passes at the second try has found a race
  retries: 0,
  timeout: 60_000,
  reporter: "list",
  use: {
    launchOptions: {
      args: [...BROWSER_ARGUMENTS],
      ...(executablePath === null ? {} : { executablePath }),
    },
    trace: "retain-on-failure",
  },
});
