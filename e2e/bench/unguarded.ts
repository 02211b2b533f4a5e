import { startLatchkey } from "../support/latchkey";
import { closedOnFailure } from "./closed-on-failure";
import { type Contestant, disciplinesOf, type LoadGenerator, NAMES } from "./contestant";
import { ON_THE_DASHBOARD, SETTINGS, signedIn } from "./ours";
import { unguardedCopy } from "./unguarded-page";

const SESSIONS = 1;

/**
 * Our dashboard for everybody, by our own server: no token is asked for and nothing is read. Who asks brings along what
 * browsers of signed-in people do, since cookies cost something to receive. Builds it first.
 */
export async function unguarded(generator: LoadGenerator): Promise<Contestant> {
  const copy = await unguardedCopy(SESSIONS);
  const app = await closedOnFailure(copy.remove, () => startLatchkey(SETTINGS, copy.folder));
  const close = async () => {
    await app.discard();
    await copy.remove();
  };
  const dashboard = {
    work: "the same page and policy, a fixed person, nothing verified or read",
    request: { method: "GET", path: "/dashboard", mustSay: ON_THE_DASHBOARD },
  } as const;
  return closedOnFailure(close, async () => {
    const clients = await signedIn(app.origin);
    const disciplines = disciplinesOf(app.origin, clients, { dashboard }, generator);
    return { name: NAMES.unguarded, pids: [app.pid], disciplines, close };
  });
}
