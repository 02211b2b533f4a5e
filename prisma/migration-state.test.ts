import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, inject, test } from "vitest";
import { tamper } from "@/lib/db/testing/aside";
import { postgresAt } from "@/lib/db/testing/postgres";
import { newFolder, removeFolder } from "@/lib/testing/evidence";
import { migrate } from "./migrate";
import { migrationState } from "./migration-state";

const server = postgresAt(inject("postgresUrl"));
const folder = newFolder("migration-state-");
afterAll(() => Promise.all([server.stop(), removeFolder(folder)]));

const URLS = {
  SQLite: async () => `file:${join(folder, "new.db")}`,
  PostgreSQL: () => server.createDatabase(),
};

describe.each(Object.entries(URLS))("on %s", (_, urlOf) => {
  test("a new database lacks everything, and nothing once it is migrated", async () => {
    const url = await urlOf();
    const { pending } = await migrationState(url);
    expect(pending).not.toEqual([]);
    expect(await migrate(url)).toEqual(pending);
    expect(await migrationState(url)).toEqual({ pending: [], ahead: [] });
  });
});

test("looking makes no file, and a migration of a newer version is told", async () => {
  const path = join(folder, "looked-at.db");
  await migrationState(`file:${path}`);
  expect(existsSync(path)).toBe(false);
  await migrate(`file:${path}`);
  await tamper(
    `file:${path}`,
    "UPDATE _prisma_migrations SET migration_name = '2999_newer' WHERE migration_name LIKE '%_init'",
  );
  expect(await migrationState(`file:${path}`)).toEqual({
    pending: [expect.stringMatching(/_init$/)],
    ahead: ["2999_newer"],
  });
});
