import { expect } from "@playwright/test";
import type { Latchkey } from "./latchkey";
import { mintSessions } from "./minted-sessions";
import { openRetryingClient, type RetryingClient, type Seen } from "./retrying-client";

/** Browsers that live over several instances. */
export interface Crowd {
  /** Resolves when each has been answered well once more. */
  thrives(): Promise<void>;
  /** Ends their lives; everything that they have seen. Fails unless each is signed in still. */
  end(): Promise<readonly Seen[]>;
}

/** So many browsers with a session each, who refresh and read from now on. */
export async function startCrowd(
  instances: readonly Latchkey[],
  settings: { readonly DATABASE_URL: string; readonly AUTH_SECRET: string },
  size: number,
): Promise<Crowd> {
  const jars = await mintSessions(settings.DATABASE_URL, settings.AUTH_SECRET, size);
  const clients = jars.map((jar) => openRetryingClient(instances, jar));
  const stop = new AbortController();
  const lives = clients.map((client) => client.live(stop.signal));
  return {
    async thrives() {
      const before = clients.map(({ seen }) => seen.length);
      const isWell = ({ seen }: RetryingClient, index: number) =>
        seen.slice(before[index]).some(({ status }) => status === 200);
      await expect.poll(() => clients.every(isWell), { timeout: 60_000 }).toBe(true);
    },
    async end() {
      stop.abort();
      await Promise.all(lives);
      for (const client of clients) {
        client.close();
        expect(statusesOf(client.seen.slice(-2))).toEqual([200]);
      }
      return clients.flatMap(({ seen }) => seen);
    },
  };
}

export const statusesOf = (seen: readonly Seen[]) => [...new Set(seen.map(({ status }) => status))];
