import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** How many beats an owner may miss before it counts as dead: a busy machine misses a few. */
const MISSED_BEATS = 12;

/**
 * Runs `work` while no other process runs its own under the same `path`, waiting for its turn.
 *
 * The owner writes a new beat into the file all the time; one that stops (killed, or the machine went down) is
 * taken over after 12 beats, whatever its process id and on whatever machine. Compares no clocks. An owner that
 * was suspended for longer and goes on is not stopped, so `work` must do no harm when it runs twice.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  beatMilliseconds = 500,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const owner = randomUUID();
  while (!(await claim(path, `${owner} 0`))) await outlast(path, beatMilliseconds);
  const heart = keepBeating(path, owner, beatMilliseconds);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    if ((await read(path))?.startsWith(owner)) await rm(path, { force: true });
  }
}

/** False when the lock is somebody else's. */
async function claim(path: string, beat: string): Promise<boolean> {
  try {
    await writeFile(path, beat, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

function keepBeating(path: string, owner: string, beatMilliseconds: number): NodeJS.Timeout {
  let beats = 0;
  return setInterval(async () => {
    beats += 1;
    // r+ never makes the file anew: a lock that was taken over stays so
    const file = await open(path, "r+").catch(() => null);
    await file?.write(`${owner} ${beats}`, 0).catch(() => {});
    await file?.close();
  }, beatMilliseconds);
}

/** Waits until the lock is gone, or its owner has not been heard of for so long that it is removed. */
async function outlast(path: string, beatMilliseconds: number): Promise<void> {
  let last = await read(path);
  for (let missed = 0; missed < MISSED_BEATS; ) {
    await pause(beatMilliseconds);
    const beat = await read(path);
    if (beat === null) return;
    missed = beat === last ? missed + 1 : 0;
    last = beat;
  }
  if (last !== null) await removeIf(path, last);
}

/** Removes the lock if it still holds `beat`. Moved aside first, since nothing removes a file by what it holds. */
async function removeIf(path: string, beat: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const isMoved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!isMoved) return;
  // another waiter was faster, and this is the new owner's
  if ((await read(aside)) !== beat) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

const read = (path: string): Promise<string | null> => readFile(path, "utf8").catch(() => null);
