import { defineConfig } from "@playwright/test";
import { BROWSER_ARGUMENTS, findBrowser } from "./e2e/support/browser";

const executablePath = findBrowser();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/support/build-once.ts",
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
