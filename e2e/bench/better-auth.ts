import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { newFolder, removeFolder } from "../../lib/testing/evidence";
import { newAccount, openBrowser } from "../support/cookie-browser";
import { freePort } from "../support/free-port";
import { launchPlainNext } from "../support/server-process";
import { CONNECTIONS, LOGIN_CONNECTIONS, strangers } from "./clients";
import { closedOnFailure } from "./closed-on-failure";
import {
  type Asked,
  type Contestant,
  disciplinesOf,
  type Kind,
  type LoadGenerator,
  NAMES,
} from "./contestant";
import type { Client } from "./errand";
import { builtNextPeer } from "./next-peer";
import { ON_THE_DASHBOARD } from "./ours";
import type { Request } from "./request-text";

export const BETTER_AUTH_MISSING =
  "Better Auth is not measured: its packages are not here (npm run bench:peers gets them)";

const PASSWORD = "a password for the bench";

/**
 * Better Auth in a small Next application (peers/better-auth), by `next start`: `get-session`, sign-in, and our dashboard
 * guarded by it. `hasCookieCache`: with its cookie cache, by which a session that was ended stays good for five minutes;
 * then `get-session` alone.
 */
export async function betterAuth(
  hasCookieCache: boolean,
  generator: LoadGenerator,
): Promise<Contestant> {
  const application = await builtNextPeer("better-auth");
  const folder = newFolder("better-auth-");
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const variables = {
    DATABASE: join(folder, "better-auth.db"),
    ORIGIN: origin,
    SECRET: randomBytes(32).toString("base64url"),
    COOKIE_CACHE: hasCookieCache ? "on" : "",
  };
  const server = await launchPlainNext(port, variables, application);
  const close = async () => {
    await server.end("SIGTERM");
    await removeFolder(folder);
  };
  return closedOnFailure(close, async () => {
    const clients: Client[] = [];
    while (clients.length < CONNECTIONS) clients.push(await signUp(origin));
    const asked = hasCookieCache ? { me: CACHED } : { me: READ, ...(await pageAndLogin(origin)) };
    return {
      name: hasCookieCache ? NAMES.betterAuthCached : NAMES.betterAuth,
      pids: [server.pid],
      disciplines: disciplinesOf(origin, clients, asked, generator),
      close,
    };
  });
}

const GET_SESSION: Request = {
  method: "GET",
  path: "/api/auth/get-session",
  mustSay: '"session"',
};
const READ: Asked = {
  work: "get-session: signed cookie, session and user read",
  request: GET_SESSION,
};
const CACHED: Asked = {
  work: "get-session: signed cookie trusted for five minutes, nothing read",
  request: GET_SESSION,
};

async function pageAndLogin(origin: string): Promise<Partial<Record<Kind, Asked>>> {
  const { email } = await signUp(origin);
  return {
    dashboard: {
      work: "proxy.ts looks at the cookie; session and user read by auth.api.getSession, the same page and policy",
      request: { method: "GET", path: "/dashboard", mustSay: ON_THE_DASHBOARD, mustName: true },
    },
    login: {
      work: "scrypt (N 16384, r 16), not bcrypt; session inserted",
      request: {
        method: "POST",
        path: "/api/auth/sign-in/email",
        headers: { "Content-Type": "application/json", Origin: origin },
        body: JSON.stringify({ email, password: PASSWORD }),
        forgets: true,
      },
      clients: strangers(LOGIN_CONNECTIONS),
    },
  };
}

async function signUp(origin: string): Promise<Client & { readonly email: string }> {
  const { username: name, email } = newAccount();
  const browser = openBrowser(origin);
  const { status } = await browser.send({
    method: "POST",
    path: "/api/auth/sign-up/email",
    headers: { Origin: origin },
    body: { name, email, password: PASSWORD },
  });
  browser.close();
  if (status !== 200) throw new Error(`Better Auth answered sign-up with ${status}`);
  return { name, email, cookies: Object.fromEntries(browser.cookies) };
}
