import { randomUUID } from "node:crypto";
import { PATHS } from "../../lib/contract";
import { type Connection, openConnection, type Shot } from "./connection";
import type { Send } from "./traffic";

export interface Account {
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** Something with cookies of its own, over one connection. */
export interface Browser extends Connection {
  readonly cookies: Map<string, string>;
}

export const ME: Shot = { method: "GET", path: PATHS.me };
export const REFRESH: Shot = { method: "POST", path: PATHS.refresh };

export const registerShot = (account: Account): Shot => ({
  method: "POST",
  path: PATHS.register,
  body: { ...account },
});

export const loginShot = ({ username, password }: Omit<Account, "email">): Shot => ({
  method: "POST",
  path: PATHS.login,
  body: { username, password },
});

export function openBrowser(origin: string, cookies = new Map<string, string>()): Browser {
  return { ...openConnection(origin, cookies), cookies };
}

export function newAccount(): Account {
  const username = `bench-${randomUUID().slice(0, 8)}`;
  return { username, email: `${username}@example.org`, password: "a password for the bench" };
}

/** A new account and so many browsers that are signed in to it, opened one after the other. */
export async function signIn(
  origin: string,
  count: number,
  account = newAccount(),
): Promise<{ account: Account; browsers: Browser[] }> {
  const first = openBrowser(origin);
  await requireStatus(201, () => first.send(registerShot(account)));
  const browsers = [first];
  while (browsers.length < count) {
    const browser = openBrowser(origin);
    await requireStatus(200, () => browser.send(loginShot(account)));
    browsers.push(browser);
  }
  return { account, browsers };
}

/** Sends this shot by each of the browsers. */
export const each = (browsers: readonly Browser[], shot: Shot): Send[] =>
  browsers.map((browser) => () => browser.send(shot));

async function requireStatus(expected: number, send: Send): Promise<void> {
  const { status } = await send();
  if (status !== expected) throw new Error(`answered with ${status} instead of ${expected}`);
}
