import type { AuthContext } from "@/lib/auth/context";
import { FLOOD_LIMITS } from "@/lib/auth/flood";
import { levelOf } from "@/lib/auth/security-event";
import { scheduleCleanUp } from "@/lib/clean-up/schedule";
import { cleanUpTeller } from "@/lib/clean-up/teller";
import { sharedClock } from "@/lib/clock";
import { SettingsError, settings } from "@/lib/config";
import { followDatabaseClock } from "@/lib/database-clock";
import { openDatabase } from "@/lib/db/open";
import { floodCounter } from "@/lib/flood-counter";
import { keyring } from "@/lib/keyring";
import { log } from "@/lib/log";
import { watchDatabase } from "@/lib/metrics/database-calls";
import { countHash, watchHasher } from "@/lib/metrics/hashes";
import { openMetrics } from "@/lib/metrics/render";
import { countEvent } from "@/lib/metrics/security-events";
import { watchedStore } from "@/lib/metrics/watched-store";
import { fallbackTeller } from "@/lib/password/fallback-teller";
import { openPasswordPool } from "@/lib/password/pool";
import { openStrengthPool } from "@/lib/password/strength-pool";
import { forgetSingleton, promisedSingleton } from "@/lib/singleton";
import { startTracing, stopTracing } from "@/lib/tracing/start";

/** The context of this process; its `report` knows nothing of a request yet (`lib/http/call.ts` adds that). */
export async function auth(): Promise<AuthContext> {
  return (await composition()).context;
}

/**
 * Makes the context before the first request needs it, and starts what goes on beside the requests. Settings that are
 * not usable end the process: a server that answers every request with 500 helps nobody.
 */
export async function prepare(): Promise<void> {
  try {
    settings();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
  openMetrics();
  if (settings().sendsTraces) {
    await startTracing((err) =>
      log().warn({ event: "sys_notice", err }, "Traces are not delivered"),
    );
  }
  (await composition()).beginCleaningUp();
}

/** Ends what the composition holds, if there is one; the process may then end. */
export async function closeAuth(): Promise<void> {
  const composed = forgetSingleton<ReturnType<typeof compose>>(NAME);
  await (await composed)?.close();
  await stopTracing();
}

const NAME = "composition";

const composition = () => promisedSingleton(NAME, compose);

/** The composition root: the one place that knows which implementation serves which need. */
async function compose() {
  const keys = await keyring();
  const clock = sharedClock();
  const { databaseUrl, databasePoolSize } = settings();
  const database = await openDatabase(databaseUrl, databasePoolSize);
  const stopFollowing = database.readTime && (await followDatabaseClock(database.readTime, clock));
  const tellFallback = fallbackTeller((facts, words) => log().info(facts, words));
  const pool = openPasswordPool(settings().bcryptBackend, (waitedMs, tookMs, by) => {
    countHash(waitedMs, tookMs);
    tellFallback(by);
  });
  const strength = openStrengthPool();
  const context: AuthContext = {
    store: watchedStore(database.store, watchDatabase),
    clock,
    keys,
    hasher: watchHasher(pool),
    floods: {
      garbage: floodCounter(FLOOD_LIMITS.garbage),
      session: floodCounter(FLOOD_LIMITS.session),
    },
    judgePassword: strength.judgePassword,
    settings: settings(),
    report(event) {
      countEvent(event);
      log()[levelOf(event)](event);
    },
  };
  let stopCleaningUp: (() => Promise<void>) | undefined;
  const beginCleaningUp = () => {
    stopCleaningUp ??= scheduleCleanUp(context, cleanUpTeller);
  };
  const close = async () => {
    stopFollowing?.();
    await stopCleaningUp?.();
    await Promise.all([pool.close(), strength.close(), database.close()]);
  };
  return { context, beginCleaningUp, close };
}
