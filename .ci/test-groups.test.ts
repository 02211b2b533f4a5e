import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { ONCE } from "@/e2e/support/once";
import { groupOf, testGroups } from "./test-groups";

const groups = testGroups(process.cwd());

// not written out: this file asks for none
const asking = (name: string) => `beforeAll(() => ${name}({ RATE_LIMITS: "off" }));`;

test("a test that asks for the database of its run is run on each", () => {
  expect(groupOf("app/api/auth/login/route.test.ts", asking("embeddedApp"))).toBe("each database");
  expect(groupOf("lib/db/accounts.test.ts", asking("realWorld"))).toBe("each database");
  expect(groupOf("lib/db/backup.sqlite.test.ts", asking("realWorld"))).toBe("SQLite alone");
});

test("a test that asks for none is run once, beside a database server where it may need one", () => {
  expect(groupOf("lib/db/sqlite.test.ts", "await migratedFile()")).toBe("databases");
  expect(groupOf("lib/auth/login.test.ts", "await world()")).toBe("no database");
});

test("every handler's test is run on each database", () => {
  const handlers = Object.values(groups)
    .flat()
    .filter((file) => /^app\/api\/.*route\.test\.ts$/.test(file));
  expect(handlers.length).toBeGreaterThan(5);
  expect(groups["each database"]).toEqual(expect.arrayContaining(handlers));
});

test("every spec file that runs once is there, so that no other is meant", () => {
  const gone = Object.keys(ONCE).filter((name) => !existsSync(`e2e/${name}.spec.ts`));
  expect(gone).toEqual([]);
});
