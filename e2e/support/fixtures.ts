import { test as base } from "@playwright/test";
import { type Latchkey, startLatchkey } from "./latchkey";

interface Shared {
  /** A server that the tests of a worker share, without limits: they all come from one address. `baseURL` is its origin. */
  readonly app: Latchkey;
}

interface Own {
  /** Starts a server of this test's own, with these variables, from the project or a copy; it is gone after the test. */
  readonly start: typeof startLatchkey;
}

export const test = base.extend<Own, Shared>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern
    async ({}, use) => {
      const app = await startLatchkey({ RATE_LIMITS: "off" });
      await use(app);
      await app.discard();
    },
    { scope: "worker" },
  ],
  baseURL: ({ app }, use) => use(app.origin),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  start: async ({}, use, testInfo) => {
    const started: Latchkey[] = [];
    await use(async (...given) => {
      const app = await startLatchkey(...given);
      started.push(app);
      return app;
    });
    for (const app of started) {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach("server output", { body: app.logs(), contentType: "text/plain" });
      }
      await app.discard();
    }
  },
});

export { expect } from "@playwright/test";
