import { setTimeout as pause } from "node:timers/promises";
import { cookieLineOf, type Request, requestText } from "./request-text";
import { openWireClient, type WireClient } from "./wire-client";

/** Who sends over one connection. */
export interface Client {
  /** Whom the server knows the client as; missing where it knows nobody. */
  readonly name?: string;
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
  const kinds = mix.map((request) => requestText(origin, request, client.headers ?? {}));
  const milliseconds: number[] = [];
  let failures = 0;
  let cookieLine = cookieLineOf(cookies);
  for (let count = 0, now = performance.now(); now < until; count++) {
    const since = dueAt === null ? now : dueAt(count);
    if (since >= until) break;
    if (since > now) await pause(since - now);
    const kind = (first + count) % mix.length;
    const request = mix[kind] as Request;
    const text = kinds[kind]?.(cookieLine) ?? "";
    const outcome = await exchange(wire, text, cookies, request, client.name);
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
  { rotates, mustSay, mustName, forgets }: Request,
  name: string | undefined,
): Promise<"right" | "changed" | "wrong"> {
  const answer = await wire.send(text).catch(() => null);
  if (answer?.status !== 200) return "wrong";
  if (mustSay !== undefined && !answer.body.includes(mustSay)) return "wrong";
  if (mustName && (name === undefined || !answer.body.includes(name))) return "wrong";
  if (forgets || answer.cookies.length === 0) return "right";
  const before = rotates === undefined ? undefined : cookies.get(rotates);
  for (const [name, value] of answer.cookies) cookies.set(name, value);
  return rotates !== undefined && cookies.get(rotates) === before ? "wrong" : "changed";
}
