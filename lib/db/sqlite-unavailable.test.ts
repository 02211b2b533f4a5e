import { existsSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { User } from "@/lib/auth/store";
import { aSession, aUser, NOW, presenting, WINDOWS } from "@/lib/auth/testing/samples";
import { storedSession, storedUser } from "@/lib/auth/testing/stored";
import { Prisma, PrismaClient } from "./generated/sqlite/client";
import { openDatabase } from "./open";
import { prismaStore } from "./prisma-store";
import { SharedFile } from "./shared-file";
import { PatientSqlite } from "./sqlite";
import { pathOf } from "./sqlite-file";
import { SqliteStatements } from "./sqlite-statements";
import { holdWriteLock, migratedFile } from "./testing/sqlite";
import type { TestDatabase } from "./testing/test-database";

let file: TestDatabase;

beforeAll(async () => {
  file = await migratedFile();
});

afterAll(() => file.remove());

test("a lock held for too long makes writes unavailable, reads not, and it passes", async () => {
  const { store, close } = await openDatabase(file.url);
  const [first, second, third] = [aUser(), aUser(), aUser()];
  const session = await storedSession(store);
  const rotate = () => store.rotateSession(presenting(session), NOW, WINDOWS);
  const holder = await holdWriteLock(file.url);
  const startedAt = performance.now();
  const refused = [...[first, second].map((user) => store.createUser(user)), rotate(), rotate()];
  for (const answer of await Promise.allSettled(refused)) {
    expect(answer).toMatchObject({
      reason: { code: "unavailable", facts: { retryAfterSeconds: 1 } },
    });
  }
  // all waited 2.5 seconds side by side, not one after the other
  expect(performance.now() - startedAt).toBeLessThan(4500);
  expect(await store.findUser({ username: first.username })).toBeNull();
  expect((await store.findSession(session.id))?.session.generation).toBe(0);
  await holder.release();
  expect((await rotate())?.session.generation).toBe(1);
  expect(await store.createUser(third)).toBe("created");
  await close();
});

test("a file that is moved away or replaced is unavailable, and works on when it is back", async () => {
  const { url, remove } = await migratedFile();
  const path = pathOf(url);
  const { store, close } = await openDatabase(url);
  const other = aUser();
  const user = await storedUser(store);
  const session = await storedSession(store, {}, user);
  const find = () => store.findSession(session.id);
  const rotate = () => store.rotateSession(presenting(session), NOW, WINDOWS);
  expect((await find())?.session).toEqual(session);
  const expectUnavailable = async () => {
    for (const ask of [() => store.ping(), () => store.createUser(other), find, rotate]) {
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
  expect((await rotate())?.session.generation).toBe(1);
  expect((await find())?.session.generation).toBe(1);
  await close();
  await remove();
});

test("a database that was never made is unavailable, and is not made by asking", async () => {
  const { store, close } = await openDatabase(`${file.url}.none`);
  const id = aSession(aUser()).id;
  for (const ask of [() => store.ping(), () => store.findSession(id)]) {
    await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
  }
  expect(existsSync(`${pathOf(file.url)}.none`)).toBe(false);
  await close();
});

// bar F10
test("on a full disk writes are unavailable, reads are not, and nothing is broken when there is room", async () => {
  const { url, remove } = await migratedFile();
  const shared = new SharedFile(url);
  const past = new SqliteStatements(shared);
  const full = new PrismaClient({ adapter: new PatientSqlite(url, shared) });
  const store = prismaStore(full, Prisma.empty, past);
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
  await Promise.all([full.$disconnect(), past.close()]);
  await remove();
});
