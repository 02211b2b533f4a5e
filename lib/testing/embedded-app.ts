import { randomUUID } from "node:crypto";
import { afterAll } from "vitest";
import { POST as register } from "@/app/api/auth/register/route";
import { GET as me } from "@/app/api/users/me/route";
import { sharedClock } from "@/lib/clock";
import { openAside } from "@/lib/db/testing/aside";
import { ownDatabase } from "@/lib/db/testing/own-database";
import type { TestDatabase } from "@/lib/db/testing/test-database";
import { closeAuth } from "@/lib/server";
import { migrate } from "@/prisma/migrate";
import { type CapturedLog, captureLog } from "./captured-log";
import { newLogKeeper, willBeSecret } from "./evidence";

export const ORIGIN = "http://localhost:3000";
export const PASSWORD = "correct horse battery";
/** In what is sent to be refused; must never come back, and never be kept. */
export const MARKER = "S3cr3t-marker";

const databases: TestDatabase[] = [];

// of the file that imports this
afterAll(async () => {
  await closeAuth();
  for (const database of databases.splice(0)) await database.remove();
});

/**
 * Readies this process to answer by the route handlers: a database of its own, of the kind that this run of the file is
 * about, and the settings given. What it logs from then on is captured, and nothing is printed.
 */
export async function embeddedApp(
  env: Readonly<Record<string, string>> = {},
): Promise<CapturedLog> {
  const AUTH_SECRET = "n7Vq0dXkT2mZ8yLr4WbJ6hGf3sCp9aQe";
  const database = await ownDatabase();
  databases.push(database);
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    AUTH_SECRET,
    BCRYPT_COST: "10",
    ...env,
  });
  await migrate(database.url);
  willBeSecret(AUTH_SECRET, PASSWORD, MARKER);
  return captureLog(newLogKeeper());
}

const clock = sharedClock();
const ticking = clock.now.bind(clock);
// beside the clock's offset, which is measured anew every minute on PostgreSQL
let passedMs = 0;
clock.now = () => ticking() + passedMs;

/** Moves the clock of the process. */
export function pass(seconds: number): void {
  passedMs += seconds * 1000;
}

/** From now on time passes by `pass` alone, however slow the machine is. */
export function stopClock(): void {
  const stoppedAt = ticking();
  clock.now = () => stoppedAt + passedMs;
}

type Endpoint = (
  request: Request,
  segment?: { readonly params: Promise<Record<string, string>> },
) => Promise<Response>;

interface Sent {
  readonly method?: string;
  readonly json?: unknown;
  readonly form?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly params?: Record<string, string>;
  /** Path and query, where they matter. */
  readonly url?: string;
}

/** Keeps cookies as a browser does, and shows them with every request. */
export class Client {
  readonly cookies = new Map<string, string>();

  async send(endpoint: Endpoint, sent: Sent = {}): Promise<Response> {
    const { method = "POST", json, form, params, url = "/" } = sent;
    const headers = new Headers(sent.headers);
    if (this.cookies.size > 0) {
      headers.set(
        "cookie",
        [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      );
    }
    let body: string | null = null;
    if (json !== undefined) {
      body = JSON.stringify(json);
      headers.set("content-type", "application/json");
    }
    if (form !== undefined) {
      body = new URLSearchParams(form).toString();
      headers.set("content-type", "application/x-www-form-urlencoded");
    }
    const request = new Request(`${ORIGIN}${url}`, { method, headers, body });
    const response = await endpoint(request, { params: Promise.resolve(params ?? {}) });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return response;
  }

  /** A client with the same cookies, as a thief or another tab has them. */
  copy(): Client {
    const copy = new Client();
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }

  /** Takes one `Set-Cookie` value. */
  keep(cookie: string): void {
    const [pair = ""] = cookie.split(";");
    const at = pair.indexOf("=");
    if (/Max-Age=0(;|$)/.test(cookie)) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}

/** A browser that has just registered, and stays signed in. */
export async function newcomer(remember = true) {
  const username = `user-${randomUUID().slice(0, 8)}`;
  const client = new Client();
  const json = { username, email: `${username}@example.com`, password: PASSWORD, remember };
  const response = await client.send(register, { json });
  if (response.status !== 201) throw new Error(`register answered ${response.status}`);
  return { client, username, response };
}

/** Answers to GET /api/users/me. */
export const whoAmI = (client: Client) => client.send(me, { method: "GET" });

/** Headers of a form that a browser posts without JavaScript. */
export const HTML = { accept: "text/html,application/xhtml+xml" };

/** What an operator does by hand and no flow of the application does. */
export async function disableUser(username: string): Promise<void> {
  const client = openAside(process.env.DATABASE_URL ?? "");
  await client.user.update({ where: { username }, data: { disabled: true } });
  await client.$disconnect();
}
