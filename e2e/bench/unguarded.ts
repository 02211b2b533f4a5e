import { startLatchkey } from "../support/latchkey";
import { strangers } from "./clients";
import { closedOnFailure } from "./closed-on-failure";
import { type Contestant, disciplinesOf, type LoadGenerator, NAMES } from "./contestant";
import { ON_THE_DASHBOARD, SETTINGS } from "./ours";
import { unguardedCopy } from "./unguarded-page";

const SESSIONS = 1;

/** Our dashboard for everybody, by our own server: no token is asked for and nothing is read. Builds it first. */
export async function unguarded(generator: LoadGenerator): Promise<Contestant> {
  const copy = await unguardedCopy(SESSIONS);
  const app = await closedOnFailure(copy.remove, () => startLatchkey(SETTINGS, copy.folder));
  const dashboard = {
    work: "the same page and policy, a fixed person, nothing verified or read",
    request: { method: "GET", path: "/dashboard", mustSay: ON_THE_DASHBOARD },
  } as const;
  return {
    name: NAMES.unguarded,
    pids: [app.pid],
    disciplines: disciplinesOf(app.origin, strangers(), { dashboard }, generator),
    async close() {
      await app.discard();
      await copy.remove();
    },
  };
}
