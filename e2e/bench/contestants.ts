import { openBackend } from "../../lib/password/bcrypt-backend.mjs";
import { bareNode } from "./bare-node";
import { BETTER_AUTH_MISSING, betterAuth } from "./better-auth";
import { bareHashes, bareStore } from "./ceilings";
import { CONNECTIONS } from "./clients";
import { type Contestant, type Kind, type LoadGenerator, NAMES } from "./contestant";
import { FASTAPI_MISSING, fastapi, fastapiVersions, pythonWithFastapi } from "./fastapi";
import { hasBetterAuth } from "./next-peer";
import { ours, startPlainNext } from "./ours";
import { unguarded } from "./unguarded";

/** Of every bcrypt hash, ours and others'. */
export const BCRYPT_COST = 12;
const cost = { BCRYPT_COST: String(BCRYPT_COST) };

/** One that may take part. */
interface Entrant {
  readonly kinds: readonly Kind[];
  open(kinds: readonly Kind[], generator: LoadGenerator): Promise<Contestant>;
}

export interface Field {
  readonly entrants: readonly Entrant[];
  /** Who cannot take part here and what to install, and which versions take part; a sentence each. */
  readonly notes: readonly string[];
}

/** Everybody who can take part on this machine. */
export async function field(): Promise<Field> {
  const python = pythonWithFastapi();
  const hasNative = (await openBackend("native")).name === "native";
  const groups: readonly (string | readonly Entrant[])[] = [
    OURS,
    hasNative
      ? NATIVE
      : "Native bcrypt is not measured: @node-rs/bcrypt is not installed, or not for this machine",
    python === null ? FASTAPI_MISSING : fastapiWith(python),
    hasBetterAuth() ? BETTER_AUTH : BETTER_AUTH_MISSING,
  ];
  return {
    entrants: groups.flatMap((group) => (typeof group === "string" ? [] : group)),
    notes: [
      ...groups.filter((group) => typeof group === "string"),
      ...(python === null ? [] : [fastapiVersions(python)]),
    ],
  };
}

const OURS: readonly Entrant[] = [
  { kinds: ["nothing"], open: (_, generator) => bareNode(generator) },
  {
    kinds: ["nothing", "me", "refresh", "dashboard", "login"],
    open: (kinds, generator) =>
      ours(
        { name: NAMES.ours, kinds, variables: { ...cost, BCRYPT_BACKEND: "bcryptjs" } },
        generator,
      ),
  },
  {
    kinds: ["nothing", "me", "refresh", "dashboard"],
    open: (kinds, generator) =>
      ours({ name: NAMES.oursPlain, kinds, start: startPlainNext }, generator),
  },
  { kinds: ["dashboard"], open: (_, generator) => unguarded(generator) },
  { kinds: ["me", "refresh"], open: async () => bareStore(1) },
  { kinds: ["me", "refresh"], open: async () => bareStore(CONNECTIONS) },
  { kinds: ["login"], open: async () => bareHashes("bcryptjs", BCRYPT_COST) },
];

const NATIVE: readonly Entrant[] = [
  {
    kinds: ["login"],
    open: (kinds, generator) =>
      ours(
        { name: NAMES.oursNative, kinds, variables: { ...cost, BCRYPT_BACKEND: "native" } },
        generator,
      ),
  },
  { kinds: ["login"], open: async () => bareHashes("native", BCRYPT_COST) },
];

const fastapiWith = (python: string): readonly Entrant[] => [
  {
    kinds: ["me", "refresh", "login"],
    open: (_, generator) => fastapi(NAMES.fastapi, python, BCRYPT_COST, generator),
  },
  {
    kinds: ["me", "refresh"],
    open: (_, generator) => fastapi(NAMES.fastapiByHand, python, BCRYPT_COST, generator),
  },
];

const BETTER_AUTH: readonly Entrant[] = [
  { kinds: ["me", "dashboard", "login"], open: (_, generator) => betterAuth(false, generator) },
  { kinds: ["me"], open: (_, generator) => betterAuth(true, generator) },
];
