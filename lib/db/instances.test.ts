import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { authorize } from "@/lib/auth/authorize";
import type { AuthContext } from "@/lib/auth/context";
import { logout } from "@/lib/auth/logout";
import { refresh } from "@/lib/auth/refresh";
import { register } from "@/lib/auth/register";
import { BROWSER, JOHN, SETTINGS, world } from "@/lib/auth/testing/world";
import { type Clock, systemClock } from "@/lib/clock";
import { measureOffset } from "@/lib/database-clock";
import { type Database, openDatabase } from "./open";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";

/** One process of several over one database, on a machine whose clock is wrong. */
interface Instance {
  readonly context: AuthContext;
  readonly machine: Clock;
  readonly database: Database;
}

const server = postgresAt(inject("postgresUrl"));
let ahead: Instance;
let behind: Instance;

async function startInstance(url: string, wrongBySeconds: number): Promise<Instance> {
  const database = await openDatabase(url);
  const machine = { now: () => systemClock.now() + wrongBySeconds * 1000 };
  if (database.readTime === null) throw new Error("PostgreSQL has a time of its own");
  const offset = await measureOffset(database.readTime, machine);
  const { context } = await world({ graceSeconds: 10 });
  const clock = { now: () => machine.now() + offset };
  return { machine, database, context: { ...context, store: database.store, clock } };
}

beforeAll(async () => {
  const url = await migratedDatabase(server);
  [ahead, behind] = await Promise.all([startInstance(url, 15), startInstance(url, -15)]);
});

afterAll(async () => {
  await Promise.all([ahead.database.close(), behind.database.close()]);
  await server.stop();
});

const newcomer = () => {
  const username = `u${randomUUID().slice(0, 8)}`;
  const account = { ...JOHN, username, email: `${username}@example.com` };
  return register(account, BROWSER, null, ahead.context);
};
const renew = (token: string, { context }: Instance) =>
  refresh({ token, channel: "cookie", attempt: null, ip: BROWSER.ip }, context);

// bar F12
test("two instances whose clocks are 30 seconds apart agree on every window", async () => {
  expect(ahead.machine.now() - behind.machine.now()).toBeGreaterThan(29_000);
  expect(Math.abs(ahead.context.clock.now() - behind.context.clock.now())).toBeLessThan(1000);

  const tokens = await newcomer();
  await expect(authorize(tokens.accessToken, behind.context)).resolves.toMatchObject({
    remainingSeconds: expect.closeTo(SETTINGS.accessTokenSeconds, -1),
  });
  const first = await renew(tokens.refreshToken, behind);
  const repeated = await renew(tokens.refreshToken, ahead);
  expect(repeated.refreshToken).toBe(first.refreshToken);
  await expect(authorize(repeated.accessToken, behind.context)).resolves.toBeTruthy();
});

// bar 69
test("200 refreshes of one token split over two instances give one successor", async () => {
  const { refreshToken } = await newcomer();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => renew(refreshToken, index % 2 ? ahead : behind)),
  );
  expect(new Set(answers.map((tokens) => tokens.refreshToken)).size).toBe(1);
  expect(new Set(answers.map(({ session }) => session.generation))).toEqual(new Set([1]));
});

// bar 53
test("what one instance ends the other refuses by the very next request", async () => {
  const { accessToken, refreshToken } = await newcomer();
  await expect(authorize(accessToken, behind.context)).resolves.toBeTruthy();
  await logout({ refreshToken, accessToken: null, everywhere: false }, ahead.context);
  await expect(authorize(accessToken, behind.context)).rejects.toMatchObject({
    code: "invalid_token",
  });
});
