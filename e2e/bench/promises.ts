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

const NATIVE_LOGIN: Figure = [NAMES.oursNative, "login"];

const promised = (says: string, one: Figure, atLeast: number, other: Name): Promised => ({
  says,
  one,
  other: [other, one[1]],
  atLeast,
});

const PROMISES: readonly Promised[] = [
  promised("refresh / FastAPI's refresh", REFRESH, 2, NAMES.fastapi),
  promised("refresh / FastAPI's, by hand", REFRESH, 2, NAMES.fastapiByHand),
  { says: "refresh / Better Auth's get-session", one: REFRESH, other: GET_SESSION, atLeast: 5 },
  promised("refresh / our store in a loop", REFRESH, 0.6, NAMES.storeLoop),
  promised("refresh / our store, all at once", REFRESH, 0.6, NAMES.storeAtOnce),
  promised("users/me / FastAPI's users/me", ME, 3, NAMES.fastapi),
  promised("users/me / FastAPI's, by hand", ME, 3, NAMES.fastapiByHand),
  promised("users/me / Better Auth's get-session", ME, 10, NAMES.betterAuth),
  promised("dashboard / guarded by Better Auth", DASHBOARD, 1.3, NAMES.betterAuth),
  promised("dashboard / without a guard", DASHBOARD, 0.85, NAMES.unguarded),
  promised("login / bcryptjs alone on all cores", [NAMES.ours, "login"], 0.95, NAMES.hashes),
  promised("login, native / native bcrypt alone", NATIVE_LOGIN, 0.95, NAMES.hashesNative),
  promised("login, native / FastAPI's login", NATIVE_LOGIN, 1, NAMES.fastapi),
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
