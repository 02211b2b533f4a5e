import { afterAll, describe, expect, inject, test, vi } from "vitest";
import { START } from "@/lib/auth/testing/world";
import { type Instance, startInstance } from "./testing/instance";
import { migratedDatabase } from "./testing/migrated-postgres";
import { postgresAt } from "./testing/postgres";
import { migratedFile } from "./testing/sqlite";
import type { TestDatabase } from "./testing/test-database";

/** What `kill -9` may do: cost an answer, and nothing that was answered. */

/** Milliseconds. Processes start, on a busy machine in seconds each. */
vi.setConfig({ testTimeout: 120_000 });

describe("killed after the commit and before the answer", () => {
  const server = postgresAt(inject("postgresUrl"));
  afterAll(() => server.stop());

  async function migratedPostgres(): Promise<TestDatabase> {
    const url = await migratedDatabase(server);
    return { url, remove: async () => {} };
  }

  // bar F2, 68
  test.each([
    ["SQLite", migratedFile],
    ["PostgreSQL", migratedPostgres],
  ])(
    "the retry gets the lost successor, and the rotation is not forgotten, on %s",
    async (_, prepare) => {
      const { url, remove } = await prepare();
      const doomed = await startInstance(url);
      const opened = await doomed.perform({ ask: "register", username: "johndoe", at: START });
      const refreshToken = opened.tokens?.refreshToken ?? "";
      await doomed.commit({ ask: "refresh", refreshToken, attempt: "a", at: START + 1000 });
      await doomed.kill();

      const next = await startInstance(url);
      const present = (token: string | undefined, attempt: string | null, seconds: number) => {
        const at = START + seconds * 1000;
        return next.perform({ ask: "refresh", refreshToken: token ?? "", attempt, at });
      };
      const inGrace = await present(refreshToken, null, 5);
      expect(inGrace).toMatchObject({ said: 1, tokens: { session: { rotatedAt: START + 1000 } } });
      const successor = inGrace.tokens?.refreshToken;
      const muchLater = await present(refreshToken, "a", 600);
      expect(muchLater.tokens?.refreshToken).toBe(successor);
      expect((await present(refreshToken, "b", 601)).said).toBe("reuse");
      expect((await present(successor, null, 602)).said).toBe("reuse");
      await next.kill();
      await remove();
    },
  );
});

// bar 68
test("killed among groups of refreshes, SQLite holds each that was answered", async () => {
  const { url, remove } = await migratedFile();
  const doomed = await startInstance(url);
  const tokens = await Promise.all(
    Array.from({ length: 8 }, async (_, number) => {
      const username = `user-${number}`;
      const { tokens } = await doomed.perform({ ask: "register", username, at: START });
      return tokens?.refreshToken ?? "";
    }),
  );
  const refreshAll = (instance: Instance) =>
    tokens.map(async (refreshToken, number) => {
      const asked = { ask: "refresh", refreshToken, attempt: null, at: START + 1000 } as const;
      const answer = await instance.perform(asked);
      tokens[number] = answer.tokens?.refreshToken ?? "";
      return answer.said;
    });
  expect(await Promise.all(refreshAll(doomed))).toEqual(tokens.map(() => 1));
  const cut = refreshAll(doomed);
  await Promise.race(cut);
  await doomed.kill();
  await Promise.allSettled(cut);

  const next = await startInstance(url);
  for (const said of await Promise.all(refreshAll(next))) expect(said).toBeGreaterThanOrEqual(2);
  await next.kill();
  await remove();
});
