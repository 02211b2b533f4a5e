import { randomUUID } from "node:crypto";
import { signAccessToken } from "../../lib/auth/access-token";
import { deriveKeys, type Keys } from "../../lib/auth/keys";
import { mintRefreshToken } from "../../lib/auth/refresh-token";
import { SETTINGS } from "../../lib/auth/testing/world";
import { systemClock } from "../../lib/clock";
import { ATTEMPT_HEADER, COOKIES } from "../../lib/contract";
import { type Population, secretNumbered, sessionNumbered } from "../../lib/db/testing/population";
import { ME, REFRESH } from "../support/cookie-browser";
import { measure } from "./figures";
import { cookieLineOf, requestOf, requestText } from "./request-text";
import { type Slice, withCpuTime } from "./slice";
import { openWireClient, type WireClient } from "./wire-client";

/** What is asked: a refresh, or who one is, by a token that the server never saw or by one that it verified before. */
export type ScaleKind = "refresh" | "firstUse" | "laterUse";

/** What this process is told to do; see `generator.ts`. */
export interface ScaleLoad {
  readonly kind: ScaleKind;
  readonly origin: string;
  /** Of the server. */
  readonly pid: number;
  readonly secret: string;
  readonly population: Population;
  readonly connections: number;
  readonly seconds: number;
}

/** Tokens that are used again, as many whatever there are of sessions: the server remembers all of them. */
const KNOWN_TOKENS = 2_000;

let keys: Promise<Keys> | undefined;
/** Of every session of every server, as far as this process has rotated it. */
const generations = new Map<string, Uint32Array>();

/** Sends one request and reads its answer; false: it was not 200. */
type Send = () => Promise<boolean>;

const SENDERS = { refresh: renewers, firstUse: newcomers, laterUse: regulars };

async function run(load: ScaleLoad): Promise<Slice> {
  keys ??= deriveKeys(load.secret, []);
  const wires = Array.from({ length: load.connections }, () => openWireClient(load.origin));
  const senders = await SENDERS[load.kind](load, wires, await keys);
  const slice = await withCpuTime([load.pid], () => measure(senders, load.seconds));
  for (const wire of wires) wire.close();
  return slice;
}

/** Each asks who it is as somebody else every time, by a token that was signed just now. */
async function newcomers(
  load: ScaleLoad,
  wires: readonly WireClient[],
  keys: Keys,
): Promise<Send[]> {
  return wires.map((wire) => () => isRight(wire, whoAmI(newToken(load, keys), load)));
}

/** As the newcomers, by tokens of which each was used once before the time runs. */
async function regulars(
  load: ScaleLoad,
  wires: readonly WireClient[],
  keys: Keys,
): Promise<Send[]> {
  const texts = Array.from({ length: KNOWN_TOKENS }, () => whoAmI(newToken(load, keys), load));
  const isKnown = await Promise.all(
    wires.map(async (wire, own) => {
      for (let at = own; at < texts.length; at += wires.length) {
        if (!(await isRight(wire, texts[at] ?? ""))) return false;
      }
      return true;
    }),
  );
  if (isKnown.includes(false)) throw new Error("A token was refused when it was first used");
  return wires.map((wire) => () => isRight(wire, texts[below(texts.length)] ?? ""));
}

/** The access token of a session chosen from all of them. */
function newToken({ population, origin }: ScaleLoad, keys: Keys): string {
  const session = sessionNumbered(below(population.sessions), population);
  const needs = { keys, clock: systemClock, settings: { ...SETTINGS, origin } };
  const of = { session, scope: session.scope, role: "user" } as const;
  return signAccessToken(of, systemClock.now(), needs);
}

function whoAmI(token: string, { origin }: ScaleLoad): string {
  return requestText(origin, requestOf(ME), { Authorization: `Bearer ${token}` })("");
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
