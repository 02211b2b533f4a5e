import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { COOKIES } from "@/lib/contract";
import { type LeanServer, leanServer } from "@/lib/testing/lean-server";
import { migrate } from "@/prisma/migrate";
import type { Client } from "./client";
import { openAside } from "./testing/aside";
import { ownDatabase } from "./testing/own-database";
import type { TestDatabase } from "./testing/test-database";

/** What `kill -9` may do to a server: cost an answer, and nothing that was answered. */

/** Milliseconds. Processes start some 25 times, on a busy machine in seconds each. */
vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

/** Fewer where the database is another process, which a kill does not touch. */
const REFRESHES = inject("database") === "sqlite" ? 200 : 100;
const REFRESHES_PER_KILL = 10;
const REGISTRATIONS = 50;
const REGISTRATIONS_PER_KILL = 10;

const newAccount = () => {
  const username = `user-${randomUUID().slice(0, 8)}`;
  return { username, email: `${username}@example.com`, password: "correct horse battery" };
};
type Account = ReturnType<typeof newAccount>;

let database: TestDatabase;
let aside: Client;
let server: LeanServer;

beforeAll(async () => {
  database = await ownDatabase();
  await migrate(database.url);
  aside = openAside(database.url);
  server = leanServer(database.url);
  await server.start();
});

afterAll(async () => {
  await server.kill();
  await aside.$disconnect();
  await database.remove();
});

/** Works while the server is killed at some instant of that time, then starts it again. */
async function whileKilled<Result>(milliseconds: number, work: () => Promise<Result>) {
  const working = work();
  await pause(Math.random() * milliseconds);
  await server.kill();
  const result = await working;
  await server.start();
  return result;
}

/** Asks again while the server is too busy. */
async function ask(...given: Parameters<LeanServer["post"]>): ReturnType<LeanServer["post"]> {
  const answer = await server.post(...given);
  return answer.status === 503 ? ask(...given) : answer;
}

async function expectWhole() {
  const orphans = 'SELECT id FROM session WHERE user_id NOT IN (SELECT id FROM "user")';
  expect(await aside.$queryRawUnsafe(orphans)).toEqual([]);
  if (inject("database") !== "sqlite") return;
  const integrity = await aside.$queryRawUnsafe("PRAGMA integrity_check");
  expect(integrity).toEqual([{ integrity_check: "ok" }]);
  expect(await aside.$queryRawUnsafe("PRAGMA foreign_key_check")).toEqual([]);
}

// bar F1
test("killed again and again during refreshes, it loses none and makes none twice", async () => {
  const account = newAccount();
  const registered = await server.post("/api/auth/register", account);
  let token = registered.cookies.get(COOKIES.refresh);
  let usualMilliseconds = 20;
  let lost = 0;

  for (let generation = 1; generation <= REFRESHES; generation++) {
    const headers = {
      Cookie: `${COOKIES.refresh}=${token}`,
      "X-Refresh-Attempt": `${generation}`,
    };
    const shown = ["/api/auth/refresh", {}, headers] as const;
    if (generation % REFRESHES_PER_KILL === 0) {
      const cut = await whileKilled(1.5 * usualMilliseconds, () =>
        server.post(...shown).catch(() => null),
      );
      if (cut === null) lost += 1;
      else expect([200, 503]).toContain(cut.status);
    }
    const askedAt = performance.now();
    const answer = await ask(...shown);
    usualMilliseconds = performance.now() - askedAt;
    expect(answer.status).toBe(200);
    // made now, or made before the kill and told once more: one generation on from what was shown
    expect(answer.cookies.get(COOKIES.hint)).toMatch(new RegExp(`\\.${generation}$`));
    token = answer.cookies.get(COOKIES.refresh);
  }

  expect(lost).toBeGreaterThan(0);
  const sessions = await aside.session.findMany({
    where: { user: { username: account.username } },
  });
  expect(sessions).toMatchObject([{ generation: REFRESHES, revokedAt: null }]);
  await expectWhole();
});

// bar F3
test("killed during 50 registrations, each account is there wholly or not at all", async () => {
  const signIn = ({ username, password }: Account) =>
    ask("/api/auth/login", { username, password });
  const some = () => Array.from({ length: REGISTRATIONS_PER_KILL }, newAccount);
  const registerAll = (accounts: readonly Account[]) =>
    Promise.allSettled(accounts.map((account) => server.post("/api/auth/register", account)));
  const startedAt = performance.now();
  await registerAll(some());
  const usualMilliseconds = performance.now() - startedAt;
  let lost = 0;

  for (let done = 0; done < REGISTRATIONS; done += REGISTRATIONS_PER_KILL) {
    const accounts = some();
    // the first at once, so that a kill costs an answer for certain
    const withinMs = done === 0 ? 0 : usualMilliseconds;
    const outcomes = await whileKilled(withinMs, () => registerAll(accounts));
    const signedIn = await Promise.all(accounts.map(signIn));
    for (const [index, { status }] of signedIn.entries()) {
      const outcome = outcomes[index];
      const answered = outcome?.status === "fulfilled" ? outcome.value.status : null;
      if (answered === 201) expect(status).toBe(200);
      else lost += 1;
    }
    // not there at all: neither name nor address is taken
    const absent = accounts.filter((_, index) => signedIn[index]?.status !== 200);
    const anew = await Promise.all(absent.map((account) => ask("/api/auth/register", account)));
    for (const { status } of anew) expect(status).toBe(201);
  }
  expect(lost).toBeGreaterThan(0);
  await expectWhole();
});
