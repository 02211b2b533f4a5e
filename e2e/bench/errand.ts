import { setTimeout as pause } from "node:timers/promises";
import { openWireClient, type WireClient } from "./wire-client";

/** One kind of request, as every client sends it but for its cookies and headers. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A cookie that every answer must change, or it counts as a failure. */
  readonly rotates?: string;
  /** What stands in every body, or the answer counts as a failure. */
  readonly mustSay?: string;
  /** Cookies of answers are not kept: each request is that of a new visitor. */
  readonly forgets?: boolean;
}

/** Who sends over one connection. */
export interface Client {
  readonly cookies: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What one client sends: these in turn, from the one of this number on. */
export interface Errand {
  readonly origin: string;
  readonly mix: readonly Request[];
  readonly first: number;
  readonly client: Client;
  /** On the clock of `performance`, as the next one. */
  readonly until: number;
  /** When its n-th request is due; null: as soon as the one before is answered. */
  readonly dueAt: ((count: number) => number) | null;
}

export interface Ran {
  /** With its cookies as they are afterwards: a refresh changes them. */
  readonly client: Client;
  /** From when each was due. */
  readonly milliseconds: readonly number[];
  readonly failures: number;
}

/** Sends one request after the other over one connection until the time is over. */
export async function runErrand(errand: Errand): Promise<Ran> {
  const { origin, mix, first, client, until, dueAt } = errand;
  const wire = openWireClient(origin);
  const cookies = new Map(Object.entries(client.cookies));
  const kinds = mix.map((request) => textOf(origin, request, client.headers ?? {}));
  const milliseconds: number[] = [];
  let failures = 0;
  let cookieLine = cookieLineOf(cookies);
  for (let count = 0, now = performance.now(); now < until; count++) {
    const since = dueAt === null ? now : dueAt(count);
    if (since >= until) break;
    if (since > now) await pause(since - now);
    const kind = (first + count) % mix.length;
    const request = mix[kind] as Request;
    const outcome = await exchange(wire, kinds[kind]?.(cookieLine) ?? "", cookies, request);
    if (outcome === "changed") cookieLine = cookieLineOf(cookies);
    if (outcome === "wrong") failures += 1;
    now = performance.now();
    milliseconds.push(now - since);
  }
  wire.close();
  return { client: { ...client, cookies: Object.fromEntries(cookies) }, milliseconds, failures };
}

/** One request and its answer, whose cookies are kept by name alone. */
async function exchange(
  wire: WireClient,
  text: string,
  cookies: Map<string, string>,
  { rotates, mustSay, forgets }: Request,
): Promise<"right" | "changed" | "wrong"> {
  const answer = await wire.send(text).catch(() => null);
  if (answer?.status !== 200) return "wrong";
  if (mustSay !== undefined && !answer.body.includes(mustSay)) return "wrong";
  if (forgets || answer.cookies.length === 0) return "right";
  const before = rotates === undefined ? undefined : cookies.get(rotates);
  for (const [name, value] of answer.cookies) cookies.set(name, value);
  return rotates !== undefined && cookies.get(rotates) === before ? "wrong" : "changed";
}

/** Makes the request that shows these cookies, in the characters that are sent. */
function textOf(
  origin: string,
  { method, path, body, headers: all }: Request,
  own: Readonly<Record<string, string>>,
): (cookieLine: string) => string {
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const headers = { Host: new URL(origin).host, ...all, ...own, ...length };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const start = `${method} ${path} HTTP/1.1\r\n${lines.join("")}`;
  return (cookieLine) => `${start}${cookieLine}\r\n${body ?? ""}`;
}

function cookieLineOf(cookies: ReadonlyMap<string, string>): string {
  const pairs = [...cookies].map((pair) => pair.join("=")).join("; ");
  return pairs === "" ? "" : `Cookie: ${pairs}\r\n`;
}
