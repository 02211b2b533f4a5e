import { type Kind, NAMES, type Name } from "./contestant";
import type { Row } from "./rounds";
import { ratiosOf, type Spread } from "./spread";

type Figure = readonly [name: Name, kind: Kind];

/** A ratio of requests a second that the project promises, within one run on one machine. */
interface Promised {
  readonly says: string;
  readonly one: Figure;
  readonly other: Figure;
  readonly atLeast: number;
}

const REFRESH: Figure = [NAMES.ours, "refresh"];
const ME: Figure = [NAMES.ours, "me"];
const DASHBOARD: Figure = [NAMES.ours, "dashboard"];
const GET_SESSION: Figure = [NAMES.betterAuth, "me"];

const PROMISES: readonly Promised[] = [
  {
    says: "refresh / FastAPI's refresh",
    one: REFRESH,
    other: [NAMES.fastapi, "refresh"],
    atLeast: 2,
  },
  {
    says: "refresh / FastAPI's, by hand",
    one: REFRESH,
    other: [NAMES.fastapiByHand, "refresh"],
    atLeast: 2,
  },
  { says: "refresh / Better Auth's get-session", one: REFRESH, other: GET_SESSION, atLeast: 5 },
  {
    says: "refresh / our store alone",
    one: REFRESH,
    other: [NAMES.bareStore, "refresh"],
    atLeast: 0.6,
  },
  { says: "users/me / FastAPI's users/me", one: ME, other: [NAMES.fastapi, "me"], atLeast: 3 },
  {
    says: "users/me / FastAPI's, by hand",
    one: ME,
    other: [NAMES.fastapiByHand, "me"],
    atLeast: 3,
  },
  { says: "users/me / Better Auth's get-session", one: ME, other: GET_SESSION, atLeast: 10 },
  {
    says: "dashboard / guarded by Better Auth",
    one: DASHBOARD,
    other: [NAMES.betterAuth, "dashboard"],
    atLeast: 1.3,
  },
  {
    says: "dashboard / without a guard",
    one: DASHBOARD,
    other: [NAMES.unguarded, "dashboard"],
    atLeast: 0.85,
  },
  {
    says: "login / bcryptjs alone on all cores",
    one: [NAMES.ours, "login"],
    other: [NAMES.hashes, "login"],
    atLeast: 0.95,
  },
  {
    says: "login, native / native bcrypt alone",
    one: [NAMES.oursNative, "login"],
    other: [NAMES.hashesNative, "login"],
    atLeast: 0.95,
  },
  {
    says: "login, native / FastAPI's login",
    one: [NAMES.oursNative, "login"],
    other: [NAMES.fastapi, "login"],
    atLeast: 1,
  },
];

/** What became of a promise: its ratio of requests a second, and the same of CPU time a request where it is known. */
export interface Kept {
  readonly says: string;
  readonly mustBe: string;
  readonly ratio: Spread | null;
  /** How much less CPU time of the server one request took. */
  readonly cpuRatio: Spread | null;
  readonly isKept: boolean | null;
}

/** Every promise about the kinds that were asked; `ratio` null: one of the two was not measured. */
export function judgePromises(rows: readonly Row[], kinds: readonly Kind[]): readonly Kept[] {
  const slices = ([name, kind]: Figure) =>
    rows.find((row) => row.name === name && row.kind === kind)?.slices ?? [];
  return PROMISES.filter(({ one: [, kind] }) => kinds.includes(kind)).map(
    ({ says, one, other, atLeast }) => {
      const [ours, theirs] = [slices(one), slices(other)];
      const mustBe = `>= ${atLeast}`;
      if (ours.length === 0 || theirs.length === 0) {
        return { says, mustBe, ratio: null, cpuRatio: null, isKept: null };
      }
      const ratio = ratiosOf(
        ours.map(({ requestsPerSecond }) => requestsPerSecond),
        theirs.map(({ requestsPerSecond }) => requestsPerSecond),
      );
      const cpu = (of: typeof ours) => of.map(({ cpuMicroseconds }) => cpuMicroseconds ?? 0);
      const cpuRatio = one[1] === "login" ? null : ratiosOf(cpu(theirs), cpu(ours));
      return { says, mustBe, ratio, cpuRatio, isKept: ratio.median >= atLeast };
    },
  );
}
