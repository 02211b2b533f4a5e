import { setTimeout as pause } from "node:timers/promises";
import { type Account, each, loginShot, ME, openBrowser, REFRESH, signIn } from "./cookie-browser";
import { readEventLoop } from "./event-loop";
import type { Latchkey } from "./latchkey";
import { incessant, type Outcome, type Send, steady } from "./traffic";

export interface StormOptions {
  /** How many people sign in at once, half of them with a wrong password; each again as soon as he is answered. */
  readonly crowd: number;
  readonly idleSeconds: number;
  readonly stormSeconds: number;
}

/** What those who are signed in meet. */
interface Everyday {
  readonly refresh: Outcome[];
  readonly me: Outcome[];
  /** Milliseconds by which 99 of 100 turns of the server's event loop were late at most; null where it has no probe. */
  readonly eventLoopLateMs: number | null;
}

export interface Storm {
  readonly idle: Everyday;
  readonly storm: Everyday;
  readonly logins: Outcome[];
}

const REFRESHES_PER_SECOND = 20;
const READS_PER_SECOND = 50;
const BROWSERS = 20;
/** Connections that share the cookies of one browser, as its tabs do. */
const TABS = 4;
/** Until the line of waiting logins is full. */
const GATHERING_MS = 2_000;

/**
 * Refreshes and reads at a fixed pace, first alone, then beside a storm of logins that does not wait when it is told
 * to. The server needs `RATE_LIMITS=off`.
 */
export async function raiseStorm(app: Latchkey, options: StormOptions): Promise<Storm> {
  const { account, browsers } = await signIn(app.origin, BROWSERS);
  const tabs = browsers.flatMap(({ cookies }) =>
    Array.from({ length: TABS }, () => openBrowser(app.origin, cookies)),
  );
  const everyday = async (seconds: number): Promise<Everyday> => {
    await readEventLoop(app);
    const [refresh, me] = await Promise.all([
      steady(each(browsers, REFRESH), REFRESHES_PER_SECOND, seconds),
      steady(each(tabs, ME), READS_PER_SECOND, seconds),
    ]);
    return { refresh, me, eventLoopLateMs: await readEventLoop(app) };
  };

  const idle = await everyday(options.idleSeconds);
  const stop = new AbortController();
  const logins = incessant(crowd(app.origin, account, options.crowd), stop.signal);
  await pause(GATHERING_MS);
  const storm = await everyday(options.stormSeconds);
  stop.abort();
  const answered = await logins;
  for (const browser of [...browsers, ...tabs]) browser.close();
  return { idle, storm, logins: answered };
}

/** Each signs in from a browser that was never here. */
function crowd(origin: string, account: Account, size: number): Send[] {
  return Array.from({ length: size }, (_, index) => {
    const guest = openBrowser(origin);
    const password = index % 2 === 0 ? account.password : "not the password";
    return () => {
      guest.cookies.clear();
      return guest.send(loginShot({ ...account, password }));
    };
  });
}
