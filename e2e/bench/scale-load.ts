import { randomUUID } from "node:crypto";
import { signAccessToken } from "../../lib/auth/access-token";
import { deriveKeys, type Keys } from "../../lib/auth/keys";
import { mintRefreshToken } from "../../lib/auth/refresh-token";
import { SETTINGS } from "../../lib/auth/testing/world";
import { systemClock } from "../../lib/clock";
import { ATTEMPT_HEADER, COOKIES } from "../../lib/contract";
import { type Population, secretNumbered, sessionNumbered } from "../../lib/db/testing/population";
import { ME, REFRESH } from "../support/cookie-browser";
import { type Figures, measure } from "./figures";
import { cookieLineOf, requestOf, requestText } from "./request-text";
import { openWireClient, type WireClient } from "./wire-client";

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

/** Sends one request and reads its answer; false: it was not 200. */
type Send = () => Promise<boolean>;

async function run(load: ScaleLoad): Promise<Figures> {
  keys ??= deriveKeys(load.secret, []);
  const wires = Array.from({ length: load.connections }, () => openWireClient(load.origin));
  const senders = await (load.kind === "me" ? readers : renewers)(load, wires, await keys);
  const figures = await measure(senders, load.seconds);
  for (const wire of wires) wire.close();
  return figures;
}

/** Each asks who it is as somebody else every time. */
async function readers(
  { population, origin }: ScaleLoad,
  wires: readonly WireClient[],
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
  return wires.map((wire) => () => {
    const headers = { Authorization: `Bearer ${tokens[below(count)]}` };
    return isRight(wire, requestText(origin, requestOf(ME), headers)(""));
  });
}

/** Each rotates sessions of its own, so that none is rotated twice at once. */
async function renewers(
  { population, origin }: ScaleLoad,
  wires: readonly WireClient[],
  keys: Keys,
): Promise<Send[]> {
  const known = generations.get(origin) ?? new Uint32Array(population.sessions).fill(1);
  generations.set(origin, known);
  const share = Math.floor(population.sessions / wires.length);
  return wires.map((wire, own) => async () => {
    const number = below(share) * wires.length + own;
    const generation = known[number] ?? 0;
    const { id: sessionId } = sessionNumbered(number, population);
    const claims = { sessionId, secret: secretNumbered(number), generation };
    const cookies = new Map([[COOKIES.refresh, mintRefreshToken(claims, keys)]]);
    const text = requestText(origin, requestOf(REFRESH), { [ATTEMPT_HEADER]: randomUUID() });
    const isRotated = await isRight(wire, text(cookieLineOf(cookies)));
    if (isRotated) known[number] = generation + 1;
    return isRotated;
  });
}

async function isRight(wire: WireClient, text: string): Promise<boolean> {
  const answer = await wire.send(text).catch(() => null);
  return answer?.status === 200;
}

const below = (limit: number) => Math.floor(Math.random() * limit);

process.on("message", async (load: ScaleLoad) => {
  process.send?.(await run(load));
});
