import { COOKIES } from "../../lib/contract";
import { migrate } from "../../prisma/migrate";
import {
  type Account,
  loginShot,
  ME,
  newAccount,
  openBrowser,
  REFRESH,
  registerShot,
} from "../support/cookie-browser";
import { type Latchkey, startLatchkey } from "../support/latchkey";
import { launchPlainNext, type ServerProcess, type Variables } from "../support/server-process";
import { CONNECTIONS, LOGIN_CONNECTIONS, strangers } from "./clients";
import { closedOnFailure } from "./closed-on-failure";
import {
  type Asked,
  type Contestant,
  disciplinesOf,
  type Kind,
  type LoadGenerator,
  type Name,
} from "./contestant";
import type { Client } from "./errand";
import { type Request, requestOf } from "./request-text";

/** Settings of every server of ours; the rest is as it comes. */
export const SETTINGS = { LOG_LEVEL: "warn", RATE_LIMITS: "off" };

/** What is only on a real dashboard. */
export const ON_THE_DASHBOARD = "Where you are signed in";

const WORK: Readonly<Record<Kind, string>> = {
  nothing: "/api/health/live: route() and a constant answer",
  me: "Ed25519 token verified, session and user read",
  refresh: "one durable UPDATE … RETURNING; new refresh and access token",
  dashboard: "token verified, session, user and list of sessions read, page rendered",
  login: "bcrypt; session opened in a durable transaction",
};

/** Starts a server of ours and signs people in. */
export async function ours(
  { name, kinds, variables = {}, start = startLatchkey }: Ours,
  generator: LoadGenerator,
): Promise<Contestant> {
  const app = await start({ ...SETTINGS, ...variables });
  const close = () => app.discard();
  return closedOnFailure(close, async () => {
    const requests = await requestsOf(app.origin);
    const asked = kinds.map((kind): [Kind, Asked] => {
      const visitors = kind === "login" ? { clients: strangers(LOGIN_CONNECTIONS) } : {};
      return [kind, { work: WORK[kind], request: requests[kind], ...visitors }];
    });
    const clients = await signedIn(app.origin);
    const disciplines = disciplinesOf(app.origin, clients, Object.fromEntries(asked), generator);
    return { name, pids: [app.pid], disciplines, close };
  });
}

/** What our server is asked, login by somebody who has an account. */
export async function requestsOf(origin: string): Promise<Readonly<Record<Kind, Request>>> {
  const account = newAccount();
  await registered(origin, account);
  return {
    nothing: { method: "GET", path: "/api/health/live" },
    me: requestOf(ME),
    refresh: { ...requestOf(REFRESH), rotates: COOKIES.refresh },
    dashboard: { method: "GET", path: "/dashboard", mustSay: ON_THE_DASHBOARD, mustName: true },
    login: { ...requestOf(loginShot(account)), forgets: true },
  };
}

interface Ours {
  readonly name: Name;
  readonly kinds: readonly Kind[];
  readonly variables?: Variables;
  readonly start?: (variables: Variables) => Promise<Latchkey>;
}

/** The same application by `next start`, without our own server around it. */
export const startPlainNext = (variables: Variables): Promise<Latchkey> =>
  startLatchkey(variables, undefined, launchMigrated);

async function launchMigrated(variables: Variables): Promise<ServerProcess> {
  const { DATABASE_URL = "", PORT } = variables;
  await migrate(DATABASE_URL);
  return launchPlainNext(Number(PORT), variables);
}

/** Everybody with an account of his own and one session, as most people have. */
export async function signedIn(origin: string): Promise<readonly Client[]> {
  const clients: Client[] = [];
  while (clients.length < CONNECTIONS) clients.push(await registered(origin, newAccount()));
  return clients;
}

async function registered(origin: string, account: Account): Promise<Client> {
  const browser = openBrowser(origin);
  const { status } = await browser.send(registerShot(account));
  browser.close();
  if (status !== 201) throw new Error(`${origin} answered register with ${status}`);
  return { name: account.username, cookies: Object.fromEntries(browser.cookies) };
}
