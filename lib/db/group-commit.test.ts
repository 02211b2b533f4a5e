import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GroupCommit } from "./group-commit";
import { SharedFile } from "./shared-file";
import { type Ask, type Row, SqlitePrepared } from "./sqlite-prepared";
import { statement } from "./statement";
import { holdWriteLock, migratedFile } from "./testing/sqlite";
import type { TestDatabase } from "./testing/test-database";

const ADD = statement<"name">(
  "INSERT INTO lease (name, holder, expires_at) VALUES ($name, 'holder', 0) RETURNING name",
);
const NAMES = statement<never>("SELECT name FROM lease ORDER BY name");
const PAGES = statement<never>("SELECT page_count FROM pragma_page_count");

const add = (name: string): Ask => ({ statement: ADD, values: { name } });
const WITHOUT_NAME: Ask = { statement: ADD, values: {} };

let database: TestDatabase;
let file: SharedFile;
let connection: SqlitePrepared;
let writes: GroupCommit<Ask, readonly Row[]>;
/** How many came with each commit. */
let groups: number[];

const names = () => connection.rows({ statement: NAMES, values: {} }).map(({ name }) => name);

beforeAll(async () => {
  database = await migratedFile();
  file = new SharedFile(database.url);
  connection = await file.open(async () => new SqlitePrepared(file.path));
});

beforeEach(async () => {
  await connection.executeScript("DELETE FROM lease");
  groups = [];
  writes = new GroupCommit(file, (asks) => {
    groups.push(asks.length);
    return connection.commit(asks);
  });
});

afterAll(async () => {
  await connection.dispose();
  await database.remove();
});

test("what is asked together is committed together, up to a limit, and each has its own answer", async () => {
  const given = Array.from({ length: 100 }, (_, number) => `name ${number}`);
  const answers = await Promise.all(given.map((name) => writes.add(add(name))));
  expect(answers).toEqual(given.map((name) => [{ name }]));
  expect(groups).toEqual([64, 36]);
});

test("a group grows as long as each turn of the event loop brings somebody", async () => {
  const later = [
    nextTurn().then(() => writes.add(add("b"))),
    nextTurn()
      .then(() => nextTurn())
      .then(() => writes.add(add("c"))),
  ];
  await Promise.all([writes.add(add("a")), ...later]);
  expect(groups).toEqual([3]);
});

test("a commit that fails leaves nothing behind, and the connection outside a transaction", () => {
  expect(() => connection.commit([add("a"), add("a")])).toThrow("UNIQUE");
  expect(names()).toEqual([]);
  expect(connection.commit([add("b")])).toEqual([[{ name: "b" }]]);
});

test("one that cannot be done undoes nothing of those it came with", async () => {
  const asked = [add("a"), WITHOUT_NAME, add("a"), add("b")].map((ask) => writes.add(ask));
  const settled = await Promise.allSettled(asked);
  expect(settled.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "rejected",
    "fulfilled",
  ]);
  expect(names()).toEqual(["a", "b"]);
});

test("one for which the disk has no room undoes nothing of those it came with", async () => {
  const [pages] = connection.rows({ statement: PAGES, values: {} });
  await connection.executeScript(`PRAGMA max_page_count = ${Number(pages?.page_count) + 10}`);
  const large = "x".repeat(1_000_000);
  const asked = [add("a"), add(large), add("b")].map((ask) => writes.add(ask));
  await expect(asked[1]).rejects.toMatchObject({ code: "SQLITE_FULL" });
  await Promise.all([asked[0], asked[2]]);
  expect(names()).toEqual(["a", "b"]);
});

test("a group waits for the lock of another process, and reads go on meanwhile", async () => {
  const holder = await holdWriteLock(database.url);
  const answered: string[] = [];
  const asked = ["a", "b"].map((name) => writes.add(add(name)).then(() => answered.push(name)));
  await expect.poll(() => groups.length).toBeGreaterThan(1);
  expect(names()).toEqual([]);
  expect(answered).toEqual([]);
  await holder.release();
  await Promise.all(asked);
  expect(names()).toEqual(["a", "b"]);
});

test("who waited for a turn that never came is refused, who came later has his own", async () => {
  let refuse = (_: Error) => {};
  const never = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  let turns = 0;
  const write: SharedFile["write"] = (step) => (turns++ === 0 ? never : file.write(step));
  const later = new GroupCommit({ write }, (asks: readonly Ask[]) => connection.commit(asks));
  const early = later.add(add("early"));
  await expect.poll(() => turns).toBe(1);
  const late = later.add(add("late"));
  refuse(new Error("no turn"));
  await expect(early).rejects.toThrow("no turn");
  await late;
  expect(names()).toEqual(["late"]);
});
