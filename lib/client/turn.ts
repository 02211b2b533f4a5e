import { withDeadline } from "./deadline";
import type { Cancel, World } from "./world";

const WAIT_MOST_MS = 4_000;

/**
 * Runs `work` in this tab's turn among all tabs: one at a time changes the cookies.
 *
 * After four seconds of waiting, or where tabs cannot queue, it goes without: the server answers the same to all
 * who ask at once, so the queue saves work and is not needed to be right. An `abort` ends the waiting too, and
 * leaves it to `work` to notice.
 */
export async function inTurn<T>(
  world: Pick<World, "after" | "takeTurn">,
  abort: AbortSignal | null,
  work: () => Promise<T>,
): Promise<T> {
  let end: Cancel = () => {};
  try {
    end = await withDeadline(world, WAIT_MOST_MS, abort, world.takeTurn);
  } catch {
    // not granted: go without
  }
  try {
    return await work();
  } finally {
    end();
  }
}
