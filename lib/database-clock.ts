import { type Clock, type Instant, type SharedClock, systemClock } from "@/lib/clock";

const OFFSET_SECONDS = 60;
/** After a failed measurement: soon again, the database may just be starting. */
const RETRY_SECONDS = 2;

/**
 * Makes session time the database's, so that instances whose clocks differ agree on it: measured now and every minute,
 * corrected between. Answers how to stop.
 */
export async function followDatabaseClock(
  readTime: () => Promise<Instant>,
  clock: SharedClock,
): Promise<() => void> {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const follow = async () => {
    const offset = await measureOffset(readTime, systemClock).catch(() => null);
    if (offset !== null) clock.offset = offset;
    const nextSeconds = offset === null ? RETRY_SECONDS : OFFSET_SECONDS;
    if (!isStopped) timer = setTimeout(follow, nextSeconds * 1000).unref();
  };
  await follow();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Database time minus the machine's, in whole milliseconds; wrong by half of the round trip at most. */
export async function measureOffset(
  readTime: () => Promise<Instant>,
  machine: Clock,
): Promise<number> {
  const askedAt = machine.now();
  const databaseTime = await readTime();
  return Math.round(databaseTime - (askedAt + machine.now()) / 2);
}
