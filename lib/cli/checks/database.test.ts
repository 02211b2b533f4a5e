import { expect, test } from "vitest";
import type { PostgresFacts } from "@/lib/db/postgres-facts";
import type { SqliteFacts } from "@/lib/db/sqlite-facts";
import { type Check, worstOf } from "./check";
import { judgePostgres } from "./postgres";
import { judgeSqlite } from "./sqlite";

const POSTGRES: PostgresFacts = {
  version: "16.4",
  major: 16,
  isStandby: false,
  isolation: "read committed",
  synchronousCommit: "on",
  isEncrypted: true,
  connections: 97,
  connectionsInUse: 3,
};
const SQLITE: SqliteFacts = {
  path: "/srv/latchkey.db",
  file: { journalMode: "wal", bytes: 1, isOpenToOthers: false },
  folder: { isWritable: true, isRemote: false, freeBytes: 2 ** 40 },
};

const badOnes = (checks: readonly Check[]) =>
  checks
    .filter(({ status }) => status !== "ok")
    .map(({ status, detail }) => `${status}: ${detail}`);

test("a PostgreSQL that is as it should be", () => {
  expect(badOnes(judgePostgres(POSTGRES, false, 10))).toEqual([]);
  expect(badOnes(judgePostgres({ ...POSTGRES, isEncrypted: false }, true, 10))).toEqual([]);
});

test.each<[Partial<PostgresFacts>, string]>([
  [{ version: "11.22", major: 11 }, "problem: PostgreSQL 11.22 is too old"],
  [{ isStandby: true }, "problem: This is a standby"],
  [{ isolation: "serializable" }, "problem: Transactions are serializable"],
  [{ synchronousCommit: "off" }, "warning: synchronous_commit is off"],
  [{ isEncrypted: false }, "warning: The connection to another machine"],
  [{ connectionsInUse: 88 }, "warning: 88 of 97 connections are in use"],
])("a PostgreSQL with %o", (given, words) => {
  expect(badOnes(judgePostgres({ ...POSTGRES, ...given }, false, 10))).toEqual([
    expect.stringContaining(words),
  ]);
});

const folderWith = (given: Partial<SqliteFacts["folder"]>) => ({
  folder: { isWritable: true, isRemote: false, freeBytes: 2 ** 40, ...given },
});

test("a SQLite file that is as it should be", () => {
  expect(badOnes(judgeSqlite(SQLITE))).toEqual([]);
});

test.each<[Partial<SqliteFacts>, string]>([
  [{ file: null, folder: null }, "warning: SQLite, and /srv/latchkey.db is not there yet"],
  [
    { file: { journalMode: "wal", bytes: 1, isOpenToOthers: true } },
    "warning: Every user of the machine",
  ],
  [folderWith({ isWritable: false }), "problem: We may not write"],
  [folderWith({ isRemote: true }), "problem: It lies on another machine's disk"],
  [folderWith({ freeBytes: 500 * 2 ** 20 }), "warning: 500 MiB are free"],
  [folderWith({ freeBytes: 0 }), "problem: 0 MiB are free"],
])("a SQLite file with %o", (given, words) => {
  expect(badOnes(judgeSqlite({ ...SQLITE, ...given }))).toEqual([expect.stringContaining(words)]);
});

test("the worst of several findings counts, and nothing found is good", () => {
  const found = (status: Check["status"]): Check => ({ name: "any", status, detail: "" });
  expect(worstOf([])).toBe("ok");
  expect(worstOf([found("ok"), found("warning"), found("ok")])).toBe("warning");
  expect(worstOf([found("problem"), found("warning")])).toBe("problem");
});
