import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aUser, NOW } from "@/lib/auth/testing/samples";
import { PrismaClient } from "./generated/sqlite/client";
import { SharedFile } from "./shared-file";
import { PatientSqlite } from "./sqlite";
import { SqliteStatements } from "./sqlite-statements";
import { statement } from "./statement";
import { holdWriteLock, migratedFile } from "./testing/sqlite";
import type { TestDatabase } from "./testing/test-database";

let file: TestDatabase;
let client: PrismaClient;
/** Beside the client, over the same file. */
let statements: SqliteStatements;

beforeAll(async () => {
  file = await migratedFile();
  const shared = new SharedFile(file.url);
  client = new PrismaClient({ adapter: new PatientSqlite(file.url, shared) });
  statements = new SqliteStatements(shared);
});

afterAll(async () => {
  await Promise.all([client.$disconnect(), statements.close()]);
  await file.remove();
});

const FIND = statement<"id">('SELECT name FROM "user" WHERE id = $id');
const CLAIM = statement<"name">(
  "INSERT INTO lease (name, holder, expires_at) VALUES ($name, 'holder', 0) RETURNING name",
);
const aRow = () => ({ ...aUser(), createdAt: BigInt(NOW) });
const exists = async (id: string) => (await client.user.count({ where: { id } })) === 1;

test("a commit is on the disk before it is answered, and foreign keys hold", async () => {
  const read = (pragma: string) => client.$queryRawUnsafe(`SELECT * FROM pragma_${pragma}`);
  expect(await read("journal_mode")).toEqual([{ journal_mode: "wal" }]);
  expect(await read("synchronous")).toEqual([{ synchronous: 2n }]);
  expect(await read("foreign_keys")).toEqual([{ foreign_keys: 1n }]);
  const past = (pragma: string) => statements.read(statement(`SELECT * FROM pragma_${pragma}`), {});
  expect(await past("synchronous")).toEqual([{ synchronous: 2 }]);
  expect(await past("foreign_keys")).toEqual([{ foreign_keys: 1 }]);
});

test("a lone write survives the transaction that somebody else has open and rolls back", async () => {
  const [inside, beside] = [aRow(), aRow()];
  let write: Promise<unknown> = Promise.resolve();
  const transaction = client.$transaction(async (tx) => {
    await tx.user.create({ data: inside });
    write = client.user.create({ data: beside }).then(() => {}); // sent now: Prisma's promises are lazy
    await pause(20);
    throw new Error("rolled back");
  });
  await expect(transaction).rejects.toThrow("rolled back");
  await write;
  expect(await exists(inside.id)).toBe(false);
  expect(await exists(beside.id)).toBe(true);
});

test("a read waits for a transaction and does not see what is rolled back", async () => {
  const row = aRow();
  let read: Promise<boolean> = Promise.resolve(true);
  const transaction = client.$transaction(async (tx) => {
    await tx.user.create({ data: row });
    read = exists(row.id);
    await pause(20);
    throw new Error("rolled back");
  });
  await expect(transaction).rejects.toThrow("rolled back");
  expect(await read).toBe(false);
});

test("past Prisma, a write waits for a transaction, and a read sees what was committed before it", async () => {
  const [inside, beside] = [aRow(), aRow()];
  const find = () => statements.read(FIND, { id: inside.id });
  let write: Promise<unknown> = Promise.resolve();
  const transaction = client.$transaction(async (tx) => {
    await tx.user.create({ data: inside });
    write = statements.write(CLAIM, { name: beside.id });
    expect(await find()).toEqual([]);
    await tx.user.update({ where: { id: inside.id }, data: { name: "Jo" } });
  });
  await transaction;
  expect(await write).toEqual([{ name: beside.id }]);
  expect(await find()).toEqual([{ name: "Jo" }]);
});

test("calling the client inside a transaction fails with P2028 instead of hanging for ever", async () => {
  const row = aRow();
  const calls = [() => exists(row.id), () => client.user.create({ data: row })];
  for (const call of calls) {
    const transaction = client.$transaction(async () => void (await call()), { timeout: 100 });
    await expect(transaction).rejects.toMatchObject({ code: "P2028" });
  }
  expect(await client.user.count({ where: { username: "nobody" } })).toBe(0);
});

test("while another process holds the write lock, reads go on and the event loop never stalls", async () => {
  const row = aRow();
  const holder = await holdWriteLock(file.url);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const writes = Promise.all([
    client.user.create({ data: row }),
    ...Array.from({ length: 50 }, () => client.user.create({ data: aRow() })),
  ]);
  for (let reads = 0; reads < 40; reads++) {
    expect(await exists(row.id)).toBe(false);
    await pause(20);
  }
  await holder.release();
  await writes;
  delay.disable();
  expect(await exists(row.id)).toBe(true);
  expect(delay.max / 1e6).toBeLessThan(500);
});
