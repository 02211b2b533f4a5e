import { randomUUID } from "node:crypto";
import { signAccessToken } from "../../lib/auth/access-token";
import { deriveKeys, type Keys } from "../../lib/auth/keys";
import { mintRefreshToken } from "../../lib/auth/refresh-token";
import { SETTINGS } from "../../lib/auth/testing/world";
import { systemClock } from "../../lib/clock";
import { ATTEMPT_HEADER, COOKIES } from "../../lib/contract";
import { type Population, secretNumbered, sessionNumbered } from "../../lib/db/testing/population";
import type { Connection } from "../support/connection";
import { ME, openBrowser, REFRESH } from "../support/cookie-browser";
import type { Send } from "../support/traffic";
import { type Figures, measure } from "./figures";

/** What this process is told to do; see `generator.ts`. */
export interface ScaleLoad {
  readonly kind: "refresh" | "me";
  readonly origin: string;
  readonly secret: string;
  readonly population: Population;
  readonly connections: number;
  readonly seconds: number;
}

/** Access tokens are signed before the time runs; a slice that sends more shows some of them again. */
const TOKENS_AT_MOST = 2_000;

let keys: Promise<Keys> | undefined;
/** Of every session of every server, as far as this process has rotated it. */
const generations = new Map<string, Uint32Array>();

async function run(load: ScaleLoad): Promise<Figures> {
  keys ??= deriveKeys(load.secret, []);
  const { origin, connections, seconds } = load;
  const browsers = Array.from({ length: connections }, () => openBrowser(origin));
  const senders = await (load.kind === "me" ? readers : renewers)(load, browsers, await keys);
  const figures = await measure(senders, seconds);
  for (const browser of browsers) browser.close();
  return figures;
}

/** Each asks who it is as somebody else every time. */
async function readers(
  { population, origin }: ScaleLoad,
  connections: readonly Connection[],
  keys: Keys,
): Promise<Send[]> {
  const needs = { keys, clock: systemClock, settings: { ...SETTINGS, origin } };
  const count = Math.min(TOKENS_AT_MOST, population.sessions);
  const tokens = await Promise.all(
    Array.from({ length: count }, () => {
      const session = sessionNumbered(below(population.sessions), population);
      const of = { session, scope: session.scope, role: "user" } as const;
      return signAccessToken(of, systemClock.now(), needs);
    }),
  );
  return connections.map((connection) => () => {
    const headers = { Authorization: `Bearer ${tokens[below(count)]}` };
    return connection.send({ ...ME, headers });
  });
}

/** Each rotates sessions of its own, so that none is rotated twice at once. */
async function renewers(
  { population, origin }: ScaleLoad,
  connections: readonly ReturnType<typeof openBrowser>[],
  keys: Keys,
): Promise<Send[]> {
  const known = generations.get(origin) ?? new Uint32Array(population.sessions).fill(1);
  generations.set(origin, known);
  const share = Math.floor(population.sessions / connections.length);
  return connections.map(({ cookies, send }, own) => async () => {
    const number = below(share) * connections.length + own;
    const generation = known[number] ?? 0;
    const { id: sessionId } = sessionNumbered(number, population);
    const claims = { sessionId, secret: secretNumbered(number), generation };
    cookies.clear();
    cookies.set(COOKIES.refresh, mintRefreshToken(claims, keys));
    const answer = await send({ ...REFRESH, headers: { [ATTEMPT_HEADER]: randomUUID() } });
    if (answer.status === 200) known[number] = generation + 1;
    return answer;
  });
}

const below = (limit: number) => Math.floor(Math.random() * limit);

process.on("message", async (load: ScaleLoad) => {
  process.send?.(await run(load));
});
