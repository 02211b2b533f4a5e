import { freePort } from "../support/free-port";
import { startLatchkey } from "../support/latchkey";
import { launchPlainNext } from "../support/server-process";
import { vitalsOf } from "../support/vitals";
import { strangers } from "./clients";
import { closedOnFailure } from "./closed-on-failure";
import { builtNextPeer } from "./next-peer";
import { ON_THE_DASHBOARD, requestsOf, SETTINGS, signedIn } from "./ours";
import type { Request } from "./request-text";
import type { Soaked } from "./soaked";

export interface Running {
  readonly soaked: Soaked;
  close(): Promise<unknown>;
}

/** Of twenty requests. */
const REFRESHES = 11;
const READS = 8;
const PAGES = 1;

const times = (count: number, request: Request) => Array.from({ length: count }, () => request);

/** Latchkey as `npm start` runs it: 55 % refreshes, 40 % reads, 5 % pages, and a login a second. */
export async function oursToSoak(): Promise<Running> {
  const app = await startLatchkey(SETTINGS);
  const close = () => app.discard();
  return closedOnFailure(close, async () => {
    const { refresh, me, dashboard, login } = await requestsOf(app.origin);
    const soaked = {
      name: "Latchkey, npm start",
      origin: app.origin,
      pid: app.pid,
      clients: await signedIn(app.origin),
      mix: [...times(REFRESHES, refresh), ...times(READS, me), ...times(PAGES, dashboard)],
      aside: login,
      vitals() {
        const { databaseKilobytes, walKilobytes } = vitalsOf(app);
        return { "database kB": databaseKilobytes, "WAL kB": walKilobytes };
      },
    };
    return { soaked, close };
  });
}

/** Next by itself: a handler that does nothing where Latchkey refreshes, reads and signs in, and the same page without a guard. */
export async function bareNextToSoak(): Promise<Running> {
  const port = await freePort();
  const server = await launchPlainNext(port, {}, await builtNextPeer("bare-next"));
  const nothing = { method: "GET", path: "/api/nothing" } as const;
  const page = { method: "GET", path: "/dashboard", mustSay: ON_THE_DASHBOARD } as const;
  return {
    soaked: {
      name: "Next by itself, next start",
      origin: `http://127.0.0.1:${port}`,
      pid: server.pid,
      clients: strangers(),
      mix: [...times(REFRESHES + READS, nothing), ...times(PAGES, page)],
      aside: nothing,
      vitals: () => ({}),
    },
    close: () => server.end("SIGTERM"),
  };
}
