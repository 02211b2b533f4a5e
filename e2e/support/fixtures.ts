import { test as base } from "@playwright/test";
import { type DatabaseKind, newDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { type Latchkey, startLatchkey } from "./latchkey";

export interface Shared {
  /** Which database all servers have that are given none. */
  readonly database: DatabaseKind;
  /** A server that the tests of a worker share, without limits: they all come from one address. `baseURL` is its origin. */
  readonly app: Latchkey;
}

interface Own {
  /** Starts a server of this test's own, with these variables, from the project or a copy; it is gone after the test. */
  readonly start: typeof startLatchkey;
  /** Makes an empty database for this test, of the kind of `database`; its URL. */
  readonly emptyDatabase: () => Promise<string>;
}

export const test = base.extend<Own, Shared>({
  database: ["sqlite", { option: true, scope: "worker" }],
  app: [
    async ({ database }, use) => {
      const own = await newDatabase(database);
      const app = await startLatchkey({ DATABASE_URL: own.url, RATE_LIMITS: "off" });
      await use(app);
      await app.discard();
      await own.remove();
    },
    { scope: "worker" },
  ],
  baseURL: ({ app }, use) => use(app.origin),
  start: async ({ emptyDatabase }, use, testInfo) => {
    const started: Latchkey[] = [];
    await use(async (variables = {}, ...more) => {
      const DATABASE_URL = variables.DATABASE_URL ?? (await emptyDatabase());
      const app = await startLatchkey({ ...variables, DATABASE_URL }, ...more);
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
  emptyDatabase: async ({ database }, use) => {
    const made: TestDatabase[] = [];
    await use(async () => {
      const empty = await newDatabase(database);
      made.push(empty);
      return empty.url;
    });
    for (const each of made) await each.remove();
  },
});

export { expect } from "@playwright/test";
