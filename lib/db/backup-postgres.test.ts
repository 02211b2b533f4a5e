import { afterAll, expect, inject, test } from "vitest";
import { login } from "@/lib/auth/login";
import { logout } from "@/lib/auth/logout";
import { register } from "@/lib/auth/register";
import { again, BROWSER, JOHN, world } from "@/lib/auth/testing/world";
import { migrate } from "@/prisma/migrate";
import { openDatabase } from "./open";
import { postgresAt, withPostgres } from "./testing/postgres";

const server = postgresAt(inject("postgresUrl"));
afterAll(() => server.stop());

/** Makes the database at `to` what that at `from`, which nobody uses, is now: what a dump put back does. */
async function copy(from: string, to: string): Promise<void> {
  const nameOf = (url: string) => new URL(url).pathname.slice(1);
  await withPostgres(server.url, async (client) => {
    await client.query(`DROP DATABASE ${nameOf(to)}`);
    await client.query(`CREATE DATABASE ${nameOf(to)} TEMPLATE ${nameOf(from)}`);
  });
}

// bar F22
test("PostgreSQL put back: newer tokens are refused, and who signed out since is signed in again", async () => {
  const [live, backup] = [await server.createDatabase(), await server.createDatabase()];
  await migrate(live);
  const { context: base, pass } = await world();
  const start = async () => {
    const { store, close } = await openDatabase(live);
    return { context: { ...base, store }, close };
  };

  const first = await start();
  const moved = await register(JOHN, BROWSER, null, first.context);
  const signIn = (context: typeof base) =>
    login({ ...JOHN, remember: true }, BROWSER, null, context);
  const left = await signIn(first.context);
  await first.close();
  await copy(live, backup);

  pass(600);
  const since = await start();
  const newer = await again((await again(moved.refreshToken, since)).refreshToken, since);
  const opened = await signIn(since.context);
  await logout(
    { refreshToken: left.refreshToken, accessToken: null, everywhere: false },
    since.context,
  );
  await since.close();
  await copy(backup, live);

  const after = await start();
  for (const { refreshToken } of [newer, opened]) {
    await expect(again(refreshToken, after)).rejects.toMatchObject({
      code: "invalid_refresh_token",
    });
  }
  await expect(again(moved.refreshToken, after)).resolves.toBeTruthy();
  // why all sessions are to be ended after a restore
  await expect(again(left.refreshToken, after)).resolves.toBeTruthy();
  await expect(signIn(after.context)).resolves.toBeTruthy();
  await after.close();
});
