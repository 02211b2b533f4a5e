import { statSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { SETTINGS } from "../../lib/auth/testing/world";
import { systemClock } from "../../lib/clock";
import { openDatabase } from "../../lib/db/open";
import { type Population, sessionNumbered } from "../../lib/db/testing/population";
import { type Storage, storageOf, type Updates, updatesOf } from "../../lib/db/testing/storage";

/** What many refreshes do to the disk. */
export interface Growth {
  readonly refreshes: number;
  readonly before: Storage;
  readonly after: Storage;
  /** Bytes of the write-ahead log, before anything sweeps it up; of SQLite alone. */
  readonly logBytes: number | null;
  /** All there ever were, those of the server included; of PostgreSQL alone. */
  readonly updates: Updates | null;
}

const AT_ONCE = 8;
/** Until PostgreSQL has counted what connections did that have ended. */
const COUNTING_MS = 1_000;

/** Rotates the sessions of a filled database in turn, by the store alone, so many times in all. */
export async function measureGrowth(
  { url, population }: { readonly url: string; readonly population: Population },
  refreshes: number,
): Promise<Growth> {
  const isSqlite = url.startsWith("file:");
  const before = await storageOf(url, "session");
  const { store, close } = await openDatabase(url);
  const generations = new Map<number, number>();
  const rotate = async (number: number) => {
    const { id, secretHash, attemptHash } = sessionNumbered(number, population);
    const generation =
      generations.get(number) ?? (await store.findSession(id))?.session.generation ?? 0;
    const presented = { id, secretHash, attemptHash, generation, transport: null };
    const rotated = await store.rotateSession(presented, systemClock.now(), SETTINGS);
    if (rotated?.session.generation !== generation + 1) throw new Error("It did not rotate.");
    generations.set(number, generation + 1);
  };
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, first) => {
      for (let done = first; done < refreshes; done += AT_ONCE) {
        await rotate(done % population.sessions);
      }
    }),
  );
  const logBytes = isSqlite ? statSync(`${url.replace(/^file:/, "")}-wal`).size : null;
  await close();
  await pause(COUNTING_MS);
  const updates = isSqlite ? null : await updatesOf(url, "session");
  return { refreshes, before, after: await storageOf(url, "session"), logBytes, updates };
}
