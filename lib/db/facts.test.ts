import { dirname, join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { postgresFacts } from "./postgres-facts";
import { sqliteFacts } from "./sqlite-facts";
import { pathOf } from "./sqlite-file";
import { migratedFile } from "./testing/sqlite";

const file = await migratedFile();
afterAll(() => file.remove());

test("a PostgreSQL server tells what it is", async () => {
  const facts = await postgresFacts(inject("postgresUrl"));
  expect(facts).toMatchObject({
    isStandby: false,
    isolation: "read committed",
    synchronousCommit: expect.stringMatching(/^(on|off)$/),
    isEncrypted: false,
  });
  expect(facts.version).toMatch(new RegExp(`^${facts.major}\\b`));
  expect(facts.connectionsInUse).toBeGreaterThan(0);
  expect(facts.connections).toBeGreaterThan(facts.connectionsInUse);
});

test("a SQLite file tells what it is, and one that is not there where it would be", async () => {
  const facts = await sqliteFacts(file.url);
  expect(facts).toMatchObject({
    path: pathOf(file.url),
    file: { journalMode: "wal", isOpenToOthers: false },
    folder: { isWritable: true, isRemote: false },
  });
  const folder = dirname(pathOf(file.url));
  expect(await sqliteFacts(`file:${join(folder, "other.db")}`)).toMatchObject({ file: null });
  const nowhere = await sqliteFacts(`file:${join(folder, "no/such.db")}`);
  expect(nowhere).toMatchObject({ file: null, folder: null });
});
