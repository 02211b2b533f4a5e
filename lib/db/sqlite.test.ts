import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { User } from "@/lib/auth/store";
import { aUser, NOW } from "@/lib/auth/testing/samples";
import { Prisma, PrismaClient } from "./generated/sqlite/client";
import { openDatabase } from "./open";
import { prismaStore } from "./prisma-store";
import { PatientSqlite } from "./sqlite";
import { pathOf } from "./sqlite-file";
import { holdWriteLock, migratedFile } from "./testing/sqlite";
import type { TestDatabase } from "./testing/test-database";

let file: TestDatabase;
let client: PrismaClient;

beforeAll(async () => {
  file = await migratedFile();
  client = new PrismaClient({ adapter: new PatientSqlite(file.url) });
});

afterAll(async () => {
  await client.$disconnect();
  await file.remove();
});

const aRow = () => ({ ...aUser(), createdAt: BigInt(NOW) });
const exists = async (id: string) => (await client.user.count({ where: { id } })) === 1;

test("a commit is on the disk before it is answered, and foreign keys hold", async () => {
  const read = (pragma: string) => client.$queryRawUnsafe(`SELECT * FROM pragma_${pragma}`);
  expect(await read("journal_mode")).toEqual([{ journal_mode: "wal" }]);
  expect(await read("synchronous")).toEqual([{ synchronous: 2n }]);
  expect(await read("foreign_keys")).toEqual([{ foreign_keys: 1n }]);
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

test("a lock held for too long makes writes unavailable, reads not, and it passes", async () => {
  const { store, close } = await openDatabase(file.url);
  const [first, second, third] = [aUser(), aUser(), aUser()];
  const holder = await holdWriteLock(file.url);
  const startedAt = performance.now();
  const refused = [first, second].map((user) => store.createUser(user));
  for (const answer of await Promise.allSettled(refused)) {
    expect(answer).toMatchObject({
      reason: { code: "unavailable", facts: { retryAfterSeconds: 1 } },
    });
  }
  // both waited 2.5 seconds side by side, not one after the other
  expect(performance.now() - startedAt).toBeLessThan(4500);
  expect(await store.findUser({ username: first.username })).toBeNull();
  await holder.release();
  expect(await store.createUser(third)).toBe("created");
  await close();
});

test("a file that is moved away or replaced is unavailable, and works on when it is back", async () => {
  const { url, remove } = await migratedFile();
  const path = pathOf(url);
  const { store, close } = await openDatabase(url);
  const [user, other] = [aUser(), aUser()];
  await store.createUser(user);
  const expectUnavailable = async () => {
    for (const ask of [() => store.ping(), () => store.createUser(other)]) {
      await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
    }
  };
  await rename(path, `${path}.away`);
  await expectUnavailable();
  await writeFile(path, "not a database ".repeat(1000));
  await expectUnavailable();
  await rename(`${path}.away`, path);
  expect(await store.findUser({ username: user.username })).toEqual(user);
  expect(await store.createUser(other)).toBe("created");
  await close();
  await remove();
});

test("a database that was never made is unavailable, and is not made by asking", async () => {
  const { store, close } = await openDatabase(`${file.url}.none`);
  await expect(store.ping()).rejects.toMatchObject({ code: "unavailable" });
  expect(existsSync(`${pathOf(file.url)}.none`)).toBe(false);
  await close();
});

// bar F10
test("on a full disk writes are unavailable, reads are not, and nothing is broken when there is room", async () => {
  const { url, remove } = await migratedFile();
  const full = new PrismaClient({ adapter: new PatientSqlite(url) });
  const store = prismaStore(full, Prisma.empty);
  const user = aUser();
  await store.createUser(user);
  const [{ page_count: pages } = { page_count: 0n }] = await full.$queryRawUnsafe<
    { page_count: bigint }[]
  >("SELECT * FROM pragma_page_count");
  // SQLite's own way to say that the file cannot grow
  await full.$queryRawUnsafe(`PRAGMA max_page_count = ${pages}`);
  const written: User[] = [];
  const fill = async () => {
    for (;;) {
      const next = aUser();
      await store.createUser(next);
      written.push(next);
    }
  };
  await expect(fill()).rejects.toMatchObject({
    code: "unavailable",
    facts: { retryAfterSeconds: 1 },
  });
  expect(await store.findUser({ username: user.username })).toEqual(user);
  await expect(fill()).rejects.toMatchObject({ code: "unavailable" });

  await full.$queryRawUnsafe(`PRAGMA max_page_count = ${pages + 1000n}`);
  expect(await store.createUser(aUser())).toBe("created");
  for (const each of written) {
    expect(await store.findUser({ username: each.username })).toEqual(each);
  }
  expect(await full.$queryRawUnsafe("SELECT * FROM pragma_integrity_check")).toEqual([
    { integrity_check: "ok" },
  ]);
  await full.$disconnect();
  await remove();
});
