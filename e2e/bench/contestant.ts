import type { Client } from "./errand";
import type { Figures } from "./figures";
import type { Generator } from "./generator";
import type { Load, Measured } from "./load";
import type { Request } from "./request-text";

/** What is asked, in the order of the tables. */
export const KINDS = ["nothing", "me", "refresh", "dashboard", "login"] as const;
export type Kind = (typeof KINDS)[number];

/** What contestants are called in tables and promises. */
export const NAMES = {
  ours: "Latchkey, npm start",
  oursPlain: "Latchkey, next start",
  oursNative: "Latchkey, native bcrypt",
  unguarded: "our page, no guard",
  bareNode: "bare Node server",
  storeLoop: "our store in a loop",
  storeAtOnce: "our store, all at once",
  hashes: "bcryptjs alone",
  hashesNative: "native bcrypt alone",
  fastapi: "FastAPI, as taught",
  fastapiByHand: "FastAPI, by hand",
  betterAuth: "Better Auth on Next",
  betterAuthCached: "Better Auth, cookie cache",
} as const;
export type Name = (typeof NAMES)[keyof typeof NAMES];

/** Something that is measured, in processes of its own. */
export interface Contestant {
  readonly name: Name;
  /** Of its processes. */
  readonly pids: readonly number[];
  readonly disciplines: readonly Discipline[];
  close(): Promise<void>;
}

/** One kind of request to a contestant. */
export interface Discipline {
  readonly kind: Kind;
  /** What is done for one of it, for the reader of the table. */
  readonly work: string;
  /** Does as much of it as it can for so many seconds. */
  measure(seconds: number): Promise<Figures>;
}

/** A kind of request that a server answers over HTTP. */
export interface Asked {
  readonly work: string;
  readonly request: Request;
  /** Those of the server unless said otherwise. */
  readonly clients?: readonly Client[];
}

export type LoadGenerator = Generator<Load, Measured>;

/** The disciplines of a server. Its clients keep the cookies that one kind brought for the next. */
export function disciplinesOf(
  origin: string,
  clients: readonly Client[],
  asked: Partial<Record<Kind, Asked>>,
  generator: LoadGenerator,
): readonly Discipline[] {
  let shared = clients;
  return KINDS.flatMap((kind) => {
    const it = asked[kind];
    if (it === undefined) return [];
    const { work, request, clients: own } = it;
    const measure = async (seconds: number) => {
      const clients = own ?? shared;
      const measured = await generator.measure({ origin, mix: [request], clients, seconds });
      if (own === undefined) shared = measured.clients;
      return measured;
    };
    return [{ kind, work, measure }];
  });
}
