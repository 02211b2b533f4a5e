import { DriverAdapterError, isDriverAdapterError } from "@prisma/driver-adapter-utils";
import Database from "better-sqlite3";

/** Bounds of the pause between two tries. Milliseconds. */
const SHORTEST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 10;

/** Whether SQLite refused because another connection holds the lock it needs; as the driver or Prisma's adapter says it. */
export function isBusy(error: unknown): boolean {
  if (error instanceof Database.SqliteError) return error.code.startsWith("SQLITE_BUSY");
  return isDriverAdapterError(error) && error.cause.kind === "SocketTimeout";
}

/** The error of somebody who waited in vain, in the form SQLite's own refusal has. */
export function busyError(): DriverAdapterError {
  return new DriverAdapterError({
    kind: "SocketTimeout",
    originalCode: "SQLITE_BUSY",
    originalMessage: "gave up waiting for the write lock",
  });
}

/**
 * Repeats `step` while SQLite is busy, for `limitMs` in all, giving the event loop back between the tries:
 * SQLite's own busy timeout would wait inside it.
 *
 * @throws the last refusal when the limit is reached; any other error at once.
 */
export async function retryWhileBusy<T>(step: () => Promise<T>, limitMs: number): Promise<T> {
  const startedAt = performance.now();
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(pauseMs + 1, LONGEST_PAUSE_MS)) {
    try {
      return await step();
    } catch (error) {
      if (!isBusy(error) || performance.now() - startedAt > limitMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
