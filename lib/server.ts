import type { AuthContext } from "@/lib/auth/context";
import { type SharedClock, sharedClock, systemClock } from "@/lib/clock";
import { settings } from "@/lib/config";
import { type Database, openDatabase } from "@/lib/db/open";
import { keyring } from "@/lib/keyring";
import { log } from "@/lib/log";
import { openPasswordPool } from "@/lib/password/pool";
import { forgetSingleton, singleton } from "@/lib/singleton";

/** The context of this process; its `report` knows nothing of a request yet (`lib/http/route.ts` adds that). */
export async function auth(): Promise<AuthContext> {
  return (await composition()).context;
}

/** Ends what the composition holds, if there is one; the process may then end. */
export async function closeAuth(): Promise<void> {
  const composed = forgetSingleton<ReturnType<typeof compose>>(NAME);
  await (await composed)?.close();
}

const NAME = "composition";

const OFFSET_SECONDS = 60;
/** After a failed measurement: soon again, the database may just be starting. */
const OFFSET_RETRY_SECONDS = 2;

function composition() {
  return singleton(NAME, () => {
    const composed = compose();
    // a failed start is not kept: the next request tries again
    composed.catch(() => forgetSingleton(NAME));
    return composed;
  });
}

/** The composition root: the one place that knows which implementation serves which need. */
async function compose() {
  const keys = await keyring();
  const clock = sharedClock();
  const database = await openDatabase(settings().databaseUrl);
  const stopFollowing = await followDatabaseClock(database, clock);
  const pool = openPasswordPool();
  const context: AuthContext = {
    store: database.store,
    clock,
    keys,
    hasher: pool,
    settings: settings(),
    report: (event) => log().info(event),
  };
  const close = async () => {
    stopFollowing();
    await Promise.all([pool.close(), database.close()]);
  };
  return { context, close };
}

/** Session time is the database's: measured now and every minute, half of the round trip taken off. */
async function followDatabaseClock(
  { readTime }: Database,
  clock: SharedClock,
): Promise<() => void> {
  if (readTime === null) return () => {};
  let timer: NodeJS.Timeout;
  const measure = async () => {
    let nextSeconds = OFFSET_SECONDS;
    try {
      const askedAt = systemClock.now();
      const databaseTime = await readTime();
      clock.offset = Math.round(databaseTime - (askedAt + systemClock.now()) / 2);
    } catch {
      nextSeconds = OFFSET_RETRY_SECONDS;
    }
    timer = setTimeout(measure, nextSeconds * 1000).unref();
  };
  await measure();
  return () => clearTimeout(timer);
}
